/* SPDX-License-Identifier: MIT */
/*
 * fpu_signals.c - the FPU around handlers: a handler starts with a fresh one, what it computes is
 * forgotten, and what it writes into its frame is loaded - numbers, modes, and which parts there are.
 */
#define _GNU_SOURCE
#include "vectors.h"

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#define HEADER 512 /* of the extended state: which parts there are */
#define X87    1UL
#define SSE    2UL
#define AVX    4UL

static bool avx;
static struct vectors mine, inside, found;
static uint16_t tags; /* of the x87 stack; all ones: empty */

static unsigned avx_offset(void)
{
	unsigned a = 13, b, c = 2, d;

	__asm__("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
	return b;
}

__attribute__((always_inline)) static inline void look_inside(void)
{
	struct {
		uint32_t control, status, tag, rest[4];
	} environment;

	__asm__ volatile("fnstenv %0; fldcw %0" : "=m"(environment));
	tags = (uint16_t)environment.tag;
	vectors_store(&inside, avx);
	inside.control = (uint16_t)environment.control;
}

static long zeros_inside(void)
{
	long zeros = 0;

	for (int i = 0; i < 16; i++)
		for (int j = 0; j < (avx ? 4 : 2); j++)
			zeros += inside.wide[i][j] == 0;
	return zeros;
}

static void compute(int signal, siginfo_t *info, void *context)
{
	struct vectors other;

	look_inside();
	vectors_make(&other, 99);
	vectors_load(&other, avx);
}

static void *part(void *context, unsigned offset)
{
	return (char *)((ucontext_t *)context)->uc_mcontext.fpregs + offset;
}

static void edit(int signal, siginfo_t *info, void *context)
{
	static const long double seven = 7;
	uint64_t number = 0x1234;
	uint16_t control = 0x0f7f;
	uint32_t mxcsr = 0x7f80;

	memcpy(part(context, 0), &control, 2);
	memcpy(part(context, 24), &mxcsr, 4);
	memcpy(part(context, 32 + 16 * 2), &seven, 10); /* st(2) */
	memcpy(part(context, 160 + 16 * 9), &number, 8); /* xmm9 */
	if (avx)
		memcpy(part(context, avx_offset() + 16 * 9), &number, 8); /* ymm9's upper half */
}

static void without(void *context, uint64_t parts)
{
	uint64_t features;

	memcpy(&features, part(context, HEADER), 8);
	features &= ~parts;
	memcpy(part(context, HEADER), &features, 8);
}

static void without_avx(int signal, siginfo_t *info, void *context)
{
	without(context, AVX);
}

static void without_sse(int signal, siginfo_t *info, void *context)
{
	without(context, SSE);
}

static void without_x87(int signal, siginfo_t *info, void *context)
{
	without(context, X87);
}

/* A program that knows nothing of AVX clears the mark: what follows is not looked at. */
static void without_mark(int signal, siginfo_t *info, void *context)
{
	memset(part(context, 464), 0, 4);
}

static volatile int depth;
static void nested(int signal, siginfo_t *info, void *context)
{
	struct vectors other, after;

	if (depth++ == 3)
		return;
	vectors_make(&other, 50 + (uint64_t)depth);
	vectors_load(&other, avx);
	syscall(SYS_tkill, syscall(SYS_gettid), SIGUSR1);
	vectors_store(&after, avx);
	observe(text("nested_%d", depth), vectors_differ(&after, &other, avx));
	depth--;
}

/* Loads, gets the signal, stores: no function call lies between. */
__attribute__((noinline)) static void around(void (*handler)(int, siginfo_t *, void *), int flags)
{
	struct sigaction a = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO | flags };
	long result = SYS_kill, self = getpid();

	sigaction(SIGUSR1, &a, NULL);
	vectors_make(&mine, 3);
	vectors_load(&mine, avx);
	__asm__ volatile("syscall" : "+a"(result) : "D"(self), "S"((long)SIGUSR1)
			 : "rcx", "r11", "memory");
	vectors_store(&found, avx);
}

static void say(const char *name, int i)
{
	observe_hex(text("%s_control", name), found.control);
	observe_hex(text("%s_mxcsr", name), found.mxcsr);
	observe(text("%s_stack", name), found.stack[2]);
	observe_hex(text("%s_low", name), found.wide[i][0]);
	if (avx)
		observe_hex(text("%s_high", name), found.wide[i][2]);
}

TEST
{
	avx = have_avx();
	observe("avx", avx);
	around(compute, 0);
	observe("kept", vectors_differ(&found, &mine, avx));
	observe_hex("inside_control", inside.control);
	observe_hex("inside_mxcsr", inside.mxcsr);
	observe_hex("inside_tags", tags);
	observe("inside_zeros", zeros_inside());
	around(edit, 0);
	say("edited", 9);
	mine.control = 0xf7f, mine.mxcsr = 0x7f80, mine.stack[2] = 7;
	mine.wide[9][0] = mine.wide[9][2] = 0x1234;
	observe("edited_rest", vectors_differ(&found, &mine, avx));
	around(without_avx, 0);
	say("without_avx", 5);
	around(without_sse, 0);
	say("without_sse", 5);
	around(without_x87, 0);
	say("without_x87", 5);
	around(without_mark, 0);
	say("without_mark", 5);
	around(nested, SA_NODEFER);
	observe("nested_0", vectors_differ(&found, &mine, avx));
	return 0;
}
