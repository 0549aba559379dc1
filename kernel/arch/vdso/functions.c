/* SPDX-License-Identifier: MIT */
/*
 * functions.c - the vDSO: functions that are part of the kernel but run in programs, to read the
 * clocks without a call (vdso(7)).
 *
 * This file is no part of the kernel's own code.  It is compiled position-independent, linked alone
 * (vdso.ld) into a shared library of one page, which image.S embeds in the kernel and
 * loader/vdso.c maps into every program.  So it may call nothing, and has no data but the page
 * before it, which it can only read (data.h).
 *
 * Invariant: a time from here and one from a call are the same clock's, by the same formula from
 * the same counter: who mixes them never sees time go back.  What this code cannot answer - other
 * clocks, a time of day that the kernel does not know yet, the processor's number - it asks by the
 * real call.  A bad pointer is the program's own fault here, as on Linux: SIGSEGV, not EFAULT.
 *
 * Names and version are Linux's; C libraries look for __vdso_NAME, the weak NAME is for others.
 */
#include "abi/time.h"
#include "arch/vdso/data.h"

#define NANOSECONDS	  1000000000UL
#define RESOLUTION_FINE	  1
#define RESOLUTION_COARSE 4000000

#define CLOCK(name) (1u << CLOCK_##name)
#define REALTIME_CLOCKS	 (CLOCK(REALTIME) | CLOCK(REALTIME_COARSE) | CLOCK(TAI))
#define MONOTONIC_CLOCKS                                                                           \
	(CLOCK(MONOTONIC) | CLOCK(MONOTONIC_COARSE) | CLOCK(MONOTONIC_RAW) | CLOCK(BOOTTIME))
#define COARSE_CLOCKS (CLOCK(REALTIME_COARSE) | CLOCK(MONOTONIC_COARSE))

#define exported __attribute__((visibility("default")))
#define EXPORT(result, name, ...)                                                                  \
	exported result __vdso_##name(__VA_ARGS__);                                                \
	exported weak result name(__VA_ARGS__) __attribute__((alias("__vdso_" #name)))

EXPORT(int, clock_gettime, int clock, struct timespec *to);
EXPORT(int, clock_getres, int clock, struct timespec *to);
EXPORT(int, gettimeofday, struct timeval *time, struct timezone *zone);
EXPORT(int64_t, time, int64_t *to);
EXPORT(long, getcpu, uint32_t *cpu, uint32_t *node, void *unused);

extern const struct vdso_data vdso_data; /* vdso.ld */

enum call { /* the numbers that are needed; syscalls.def has them all */
	CALL_GETTIMEOFDAY = 96, CALL_TIME = 201, CALL_CLOCK_GETTIME = 228, CALL_CLOCK_GETRES = 229,
	CALL_GETCPU = 309,
};

static long ask_kernel(long number, uint64_t first, const void *second)
{
	__asm__ volatile("syscall"
			 : "+a"(number)
			 : "D"(first), "S"(second), "d"(0)
			 : "rcx", "r11", "memory");
	return number;
}

/* In program order: without the fence the processor may look ahead of what came before. */
static uint64_t tsc_read_ordered(void)
{
	uint64_t low, high;

	__asm__ volatile("lfence; rdtsc" : "=a"(low), "=d"(high) : : "memory");
	return high << 32 | low;
}

static uint32_t read_begin(void)
{
	uint32_t sequence;

	while ((sequence = read_once(vdso_data.sequence)) & 1)
		__asm__ volatile("pause" : : : "memory");
	memory_order();
	return sequence;
}

static bool must_read_again(uint32_t sequence)
{
	memory_order();
	return read_once(vdso_data.sequence) != sequence;
}

/* One of `clocks`, in nanoseconds; false: only the kernel knows. */
static bool clock_read(int clock, uint64_t *now)
{
	uint32_t bit = (uint32_t)clock < 32 ? 1u << clock : 0, sequence;
	bool known;

	if (!(bit & (REALTIME_CLOCKS | MONOTONIC_CLOCKS)))
		return false;
	do {
		sequence = read_begin();
		known = (bit & MONOTONIC_CLOCKS) || vdso_data.realtime_known;
		*now = clock_rate_apply(&vdso_data.monotonic, tsc_read_ordered());
		if (bit & REALTIME_CLOCKS)
			*now += vdso_data.realtime_offset;
	} while (must_read_again(sequence));
	return known;
}

int __vdso_clock_gettime(int clock, struct timespec *to)
{
	uint64_t now;

	if (!clock_read(clock, &now))
		return (int)ask_kernel(CALL_CLOCK_GETTIME, (uint32_t)clock, to);
	to->tv_sec = (int64_t)(now / NANOSECONDS);
	to->tv_nsec = (int64_t)(now % NANOSECONDS);
	return 0;
}

int __vdso_clock_getres(int clock, struct timespec *to)
{
	uint32_t bit = (uint32_t)clock < 32 ? 1u << clock : 0;

	if (!(bit & (REALTIME_CLOCKS | MONOTONIC_CLOCKS)))
		return (int)ask_kernel(CALL_CLOCK_GETRES, (uint32_t)clock, to);
	if (to) {
		to->tv_sec = 0;
		to->tv_nsec = bit & COARSE_CLOCKS ? RESOLUTION_COARSE : RESOLUTION_FINE;
	}
	return 0;
}

int __vdso_gettimeofday(struct timeval *time, struct timezone *zone)
{
	uint64_t now;

	if (!clock_read(CLOCK_REALTIME, &now))
		return (int)ask_kernel(CALL_GETTIMEOFDAY, (uint64_t)time, zone);
	if (time) {
		time->tv_sec = (int64_t)(now / NANOSECONDS);
		time->tv_usec = (int64_t)(now % NANOSECONDS / 1000);
	}
	if (zone)
		*zone = (struct timezone){ 0 }; /* the kernel keeps none */
	return 0;
}

int64_t __vdso_time(int64_t *to)
{
	uint64_t now;

	if (!clock_read(CLOCK_REALTIME, &now))
		return ask_kernel(CALL_TIME, (uint64_t)to, NULL);
	now /= NANOSECONDS;
	if (to)
		*to = (int64_t)now;
	return (int64_t)now;
}

long __vdso_getcpu(uint32_t *cpu, uint32_t *node, void *unused)
{
	return ask_kernel(CALL_GETCPU, (uint64_t)cpu, node);
}
