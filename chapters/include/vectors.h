/* SPDX-License-Identifier: MIT */
/*
 * vectors.h - all registers of the FPU at once, for tests that look whether they stay: the x87 stack
 * and control word, MXCSR, xmm or (where the processor and the kernel have AVX) ymm.
 */
#pragma once

#include "test.h"

struct vectors {
	uint16_t control;
	uint32_t mxcsr;
	int64_t stack[8];
	uint64_t wide[16][4]; /* without AVX only the first two of each are used */
};

static inline uint32_t processor_features(void)
{
	uint32_t a = 1, b, c = 0, d;

	__asm__("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
	return c;
}

/* QEMU before 7.2 makes none that has. */
static inline bool processor_has_avx(void)
{
	return processor_features() & 1 << 28;
}

/* The kernel has to switch it on. */
static inline bool have_avx(void)
{
	uint32_t low, high;

	if (!(processor_features() & 1 << 27) || !processor_has_avx()) /* OSXSAVE */
		return false;
	__asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
	return (low & 6) == 6;
}

/* Values that say whose they are. */
static inline void vectors_make(struct vectors *v, uint64_t whose)
{
	v->control = (uint16_t)(0x37f | (whose & 3) << 10); /* rounding */
	v->mxcsr = 0x1f80 | (uint32_t)(whose & 3) << 13;
	for (int i = 0; i < 8; i++)
		v->stack[i] = (int64_t)(whose * 100 + (uint64_t)i);
	for (int i = 0; i < 16; i++)
		for (int j = 0; j < 4; j++)
			v->wide[i][j] = whose << 32 | (uint64_t)(i << 8) | (uint64_t)j;
}

#define EACH_VECTOR(DO)                                                                            \
	DO(0) DO(1) DO(2) DO(3) DO(4) DO(5) DO(6) DO(7) DO(8) DO(9) DO(10) DO(11) DO(12) DO(13)    \
	DO(14) DO(15)

__attribute__((always_inline)) static inline void vectors_load(const struct vectors *v, bool avx)
{
	__asm__ volatile("fninit\n\tfldcw %0\n\tldmxcsr %1" : : "m"(v->control), "m"(v->mxcsr));
	for (int i = 7; i >= 0; i--)
		__asm__ volatile("fildll %0" : : "m"(v->stack[i]));
	if (avx) {
#define LOAD(n) "vmovdqu " #n "*32(%0), %%ymm" #n "\n\t"
		__asm__ volatile(EACH_VECTOR(LOAD) : : "r"(v->wide), "m"(*v));
#undef LOAD
	} else {
#define LOAD(n) "movdqu " #n "*32(%0), %%xmm" #n "\n\t"
		__asm__ volatile(EACH_VECTOR(LOAD) : : "r"(v->wide), "m"(*v));
#undef LOAD
	}
}

__attribute__((always_inline)) static inline void vectors_store(struct vectors *v, bool avx)
{
	if (avx) {
#define STORE(n) "vmovdqu %%ymm" #n ", " #n "*32(%1)\n\t"
		__asm__ volatile(EACH_VECTOR(STORE) : "=m"(*v) : "r"(v->wide));
#undef STORE
	} else {
#define STORE(n) "movdqu %%xmm" #n ", " #n "*32(%1)\n\t"
		__asm__ volatile(EACH_VECTOR(STORE) : "=m"(*v) : "r"(v->wide));
#undef STORE
	}
	__asm__ volatile("fnstcw %0\n\tstmxcsr %1" : "=m"(v->control), "=m"(v->mxcsr));
	for (int i = 0; i < 8; i++)
		__asm__ volatile("fistpll %0" : "=m"(v->stack[i]));
}

/* 0, or what differs: 1 control word, 2 MXCSR, 4 x87 stack, 8 low halves, 16 high halves. */
static inline int vectors_differ(const struct vectors *a, const struct vectors *b, bool avx)
{
	int found = (a->control != b->control) | (a->mxcsr != b->mxcsr) << 1;

	for (int i = 0; i < 8; i++)
		found |= (a->stack[i] != b->stack[i]) << 2;
	for (int i = 0; i < 16; i++)
		for (int j = 0; j < (avx ? 4 : 2); j++)
			found |= (a->wide[i][j] != b->wide[i][j]) << (j < 2 ? 3 : 4);
	return found;
}
