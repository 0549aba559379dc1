/* SPDX-License-Identifier: MIT */
/* Output, failure and metering for kbench.c (which defines _GNU_SOURCE first). */
#ifndef METER_H
#define METER_H

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

typedef uint64_t u64;

/* ---- output and failure ---- */

static void say(const char *fmt, ...) {
	char line[512];
	va_list ap;
	va_start(ap, fmt);
	size_t len = vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	if (write(1, line, len < sizeof line ? len : sizeof line - 1) < 0)
		_exit(3);
}

/* Every failed step jumps back to the runner, which prints the skip line. */
static jmp_buf skip_jump;
static const char *skip_what;

_Noreturn static void skip(const char *what, int err) {
	skip_what = what;
	longjmp(skip_jump, err ? err : EIO);
}

static long must_at(long r, const char *what) {
	return r < 0 ? skip(what, errno), r : r;
}
#define MUST(call) must_at((call), #call)
#define UNUSED __attribute__((unused))

/* A raw syscall: no errno (our thread shares its TLS block), no libc caching. */
static long raw(long nr, long a, long b, long c, long d) {
	register long r10 __asm__("r10") = d;
	long ret;
	__asm__ volatile("syscall" : "=a"(ret) : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10)
			 : "rcx", "r11", "memory");
	return ret;
}

/* ---- clocks: a benchmark meters its own timed part ---- */

struct meter { u64 tsc, ns, ops, tsc0, ns0; };

static inline u64 rdtsc(void) {
	uint32_t lo, hi;
	__asm__ volatile("rdtsc" : "=a"(lo), "=d"(hi) : : "memory");
	return (u64)hi << 32 | lo;
}

static u64 now_ns(void) {	/* 0: no clock here */
	struct timespec t;
	return clock_gettime(CLOCK_MONOTONIC, &t) ? 0 : t.tv_sec * 1000000000ull + t.tv_nsec;
}

static void begin(struct meter *m) {
	m->ns0 = now_ns();
	m->tsc0 = rdtsc();
}

static void end(struct meter *m, u64 ops) {
	m->tsc += rdtsc() - m->tsc0;
	m->ns += now_ns() - m->ns0;
	m->ops += ops;
}

/* A loop header that meters N operations, STEP of them per pass. */
#define METERED(m, n, step) \
	for (u64 i_ = (begin(m), 0); i_ < (n) || (end(m, n), 0); i_ += (step))

/* Defines run function FN: tries CALL once, then meters N of it. */
#define METER_CALLS(FN, CALL) \
	static void FN(struct meter *m, u64 n) { \
		MUST(CALL); \
		METERED(m, n, 1) \
			(void)!(CALL); \
	}

#endif
