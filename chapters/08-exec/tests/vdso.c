/* SPDX-License-Identifier: MIT */
/* vdso.c - the vDSO: a library that the kernel puts into every program; what it answers, and that
 * its times and those of calls are one clock's. */
#include "test.h"
#include "vdso.h"

#include <sys/auxv.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS 200

static struct vdso vdso;
static int (*clock_gettime_)(int, struct timespec *), (*clock_getres_)(int, struct timespec *);
static int (*gettimeofday_)(struct timeval *, struct timezone *);
static long (*time_)(time_t *), (*getcpu_)(unsigned *, unsigned *, void *);

static const int clocks[] = { CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID,
	CLOCK_THREAD_CPUTIME_ID, CLOCK_MONOTONIC_RAW, CLOCK_REALTIME_COARSE,
	CLOCK_MONOTONIC_COARSE, CLOCK_BOOTTIME, CLOCK_TAI };
static const int no_clocks[] = { 10, 12, 31, 32, 33, 64, 1000, -1, -2147483647 - 1 };

#define COUNT(a) (int)(sizeof(a) / sizeof((a)[0]))

static void file(const void *image)
{
	const Elf64_Ehdr *header = image;

	observe("page_aligned", !((unsigned long)image % PAGE));
	observe_bytes("ident", header->e_ident, 9);
	observe("type", header->e_type);
	observe("machine", header->e_machine);
	vdso = vdso_open(image);
	observe("loads", vdso.loads);
	observe("rights", vdso.rights);
	observe_text("soname", vdso.soname);
	observe("relocations", vdso.relocations);
	observe("both_hashes", vdso.hash && vdso.gnu_hash);
}

static void symbols(void)
{
	static const char *const names[] = { "clock_gettime", "clock_getres", "gettimeofday", "time",
		"getcpu" };

	for (int i = 0; i < COUNT(names) * 2; i++) {
		const char *name = text("%s%s", i & 1 ? "" : "__vdso_", names[i / 2]);
		const Elf64_Sym *symbol = vdso_symbol(&vdso, name);

		observe_text(name, symbol ? text("type %d bind %d in %s", ELF64_ST_TYPE(symbol->st_info),
						 ELF64_ST_BIND(symbol->st_info),
						 vdso_version(&vdso, symbol)) : "none");
	}
	clock_gettime_ = vdso_function(&vdso, "__vdso_clock_gettime");
	clock_getres_ = vdso_function(&vdso, "__vdso_clock_getres");
	gettimeofday_ = vdso_function(&vdso, "__vdso_gettimeofday");
	time_ = vdso_function(&vdso, "__vdso_time");
	getcpu_ = vdso_function(&vdso, "__vdso_getcpu");
	observe("one_function", vdso_function(&vdso, "clock_gettime") == (void *)clock_gettime_);
}

static long nanoseconds(const struct timespec *t)
{
	return t->tv_sec * 1000000000 + t->tv_nsec;
}

static long by_call(int clock)
{
	struct timespec now = { 0 };

	sys(SYS_clock_gettime, clock, &now);
	return nanoseconds(&now);
}

/* Turn about by function and by call: how often time went back, or a field was out of range. */
static int steps_back(int clock)
{
	long last = by_call(clock), now;
	int wrong = 0;

	for (int i = 0; i < ROUNDS; i++, last = now) {
		struct timespec seen = { 0, -1 };

		wrong += clock_gettime_(clock, &seen) != 0 || (unsigned long)seen.tv_nsec > 999999999;
		wrong += nanoseconds(&seen) < last;
		now = by_call(clock);
		wrong += now < nanoseconds(&seen);
	}
	return wrong;
}

static void clock_calls(void)
{
	struct timespec function, call;

	for (int i = 0; i < COUNT(clocks); i++) {
		observe(text("wrong_%d", clocks[i]), steps_back(clocks[i]));
		observe(text("resolution_result_%d", clocks[i]), clock_getres_(clocks[i], &function));
		sys(SYS_clock_getres, clocks[i], &call);
		observe(text("resolution_%d", clocks[i]), nanoseconds(&function));
		observe(text("resolution_same_%d", clocks[i]), nanoseconds(&function) == nanoseconds(&call));
		observe(text("resolution_null_%d", clocks[i]), clock_getres_(clocks[i], NULL));
	}
	for (int i = 0; i < COUNT(no_clocks); i++) {
		observe(text("no_clock_%d", i), clock_gettime_(no_clocks[i], &function));
		observe(text("no_resolution_%d", i), clock_getres_(no_clocks[i], &function));
		observe(text("no_resolution_null_%d", i), clock_getres_(no_clocks[i], NULL));
	}
}

static void time_of_day(void)
{
	struct timezone zone = { 77, 77 };
	struct timeval value, call;
	int wrong = 0;
	time_t stored = 0, before, now, after;

	for (int i = 0; i < ROUNDS; i++) {
		sys(SYS_gettimeofday, &call, NULL);
		wrong += gettimeofday_(&value, NULL) != 0 || (unsigned long)value.tv_usec > 999999;
		wrong += timercmp(&value, &call, <);
	}
	observe("wrong_gettimeofday", wrong);
	observe("gettimeofday_zone", gettimeofday_(NULL, &zone));
	observe("zone", zone.tz_minuteswest | zone.tz_dsttime);
	observe("gettimeofday_nothing", gettimeofday_(NULL, NULL));
	before = sys(SYS_time, NULL);
	now = time_(&stored);
	after = by_call(CLOCK_REALTIME) / 1000000000;
	observe("time", before <= now && now <= after && now == stored);
	now = time_(NULL);
	observe("time_null", now >= stored && now <= stored + 1);
}

static void processor(void)
{
	unsigned cpu = 77, node = 77;

	observe("getcpu", getcpu_(&cpu, &node, NULL));
	observe("cpu", cpu < 64 && node < 8);
	observe("getcpu_nothing", getcpu_(NULL, NULL, NULL));
}

/* What is not the kernel that writes fails as any bad access of the program does. */
static void bad_clock(void) { clock_gettime_(CLOCK_MONOTONIC, (void *)8); }
static void bad_resolution(void) { clock_getres_(CLOCK_REALTIME, (void *)8); }
static void bad_time(void) { gettimeofday_((void *)8, NULL); }
static void bad_fallback(void) { _exit(-clock_gettime_(CLOCK_THREAD_CPUTIME_ID, (void *)8)); }
static void write_code(void) { *(volatile char *)vdso.image = 0; }
static void write_data(void) { *(volatile char *)(vdso.image - PAGE) = 0; }
static void in_child(void) { _exit(steps_back(CLOCK_MONOTONIC) + steps_back(CLOCK_REALTIME)); }

TEST
{
	const void *image = (const void *)getauxval(AT_SYSINFO_EHDR);

	observe("is_there", image != NULL);
	if (!image)
		return 0;
	file(image);
	symbols();
	clock_calls();
	time_of_day();
	processor();
	observe_child("bad_clock", bad_clock);
	observe_child("bad_resolution", bad_resolution);
	observe_child("bad_time", bad_time);
	observe_child("bad_fallback", bad_fallback);
	observe_child("write_code", write_code);
	observe_child("write_data", write_data);
	observe_child("in_child", in_child);
	return 0;
}
