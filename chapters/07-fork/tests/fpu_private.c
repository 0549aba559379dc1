/* SPDX-License-Identifier: MIT */
/* fpu_private.c - vector registers and the FS base across switches and fork: each task has its own. */
#include "test.h"

#include <linux/mman.h>
#include <linux/sched.h>

#define SIGCHLD_ 17

static inline void fill(uint64_t value)
{
	__asm__ volatile("movq %0, %%xmm3; movq %0, %%xmm15" : : "r"(value) : "xmm3", "xmm15");
}

static inline bool holds(uint64_t value)
{
	uint64_t a, b;

	__asm__ volatile("movq %%xmm3, %0; movq %%xmm15, %1" : "=r"(a), "=r"(b));
	return a == value && b == value;
}

static long rounds(uint64_t value)
{
	long good = 0;
	int i;

	fill(value);
	for (i = 0; i < 200; i++) {
		sys(SYS_sched_yield);
		good += holds(value);
	}
	return good;
}

static inline long fs_word(void)
{
	long word;

	__asm__ volatile("movq %%fs:0, %0" : "=r"(word));
	return word;
}

/* How often a task finds its own word behind its FS base; its child has inherited the base. */
static long fs_rounds(long value)
{
	long good = 0;
	int status;

	for (int i = 0; i < 20; i++) {
		sys(SYS_sched_yield);
		good += fs_word() == value;
	}
	if (sys(SYS_fork) == 0)
		sys(SYS_exit, fs_word() == value);
	sys(SYS_wait4, -1, &status, 0, 0);
	return good + 100 * (status >> 8);
}

static void thread_pointers(volatile long *good)
{
	static long words[3] = { 11, 22, 33 };

	for (int i = 0; i < 3; i++)
		if (sys(SYS_clone, CLONE_SETTLS | SIGCHLD_, 0, 0, 0, &words[i]) == 0) {
			good[i] = fs_rounds(words[i]);
			sys(SYS_exit, 0);
		}
	while (sys(SYS_wait4, -1, 0, 0, 0) > 0)
		;
	for (int i = 0; i < 3; i++)
		observe(text("thread_pointer_%d", i), good[i]);
}

TEST
{
	volatile long *good = (long *)sys(SYS_mmap, 0, 4096, PROT_READ | PROT_WRITE,
					  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	uint16_t control = 0x27f;
	int i;

	fill(77);
	__asm__ volatile("fldcw %0" : : "m"(control));
	for (i = 0; i < 4; i++)
		if (sys(SYS_fork) == 0) {
			good[i + 4] = holds(77);
			__asm__ volatile("fnstcw %0" : "=m"(control));
			good[i + 8] = control;
			good[i] = rounds(1000 + (uint64_t)i);
			sys(SYS_exit, 0);
		}
	while (sys(SYS_wait4, -1, 0, 0, 0) > 0)
		;
	for (i = 0; i < 4; i++) {
		observe(text("child_%d_kept", i), good[i]);
		observe(text("child_%d_inherited", i), good[i + 4]);
		observe_hex(text("child_%d_control", i), (unsigned long)good[i + 8]);
	}
	observe("parent_kept", holds(77));
	thread_pointers(good);
	return 0;
}
