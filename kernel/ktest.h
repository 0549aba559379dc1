/* SPDX-License-Identifier: MIT */
/*
 * ktest.h - in-kernel tests: functions that exercise one subsystem and say what they saw.
 *
 * A test is an open-set member, REGISTER(ktest, NAME).  `test=NAME` on the command line runs it at
 * the end of boot, in place of the first program, and then ends the machine.  A test judges
 * nothing: it reports observations, one `test` record each, and whoever runs the machine compares
 * them with what is right for this `seed=N`.  A kernel without a registered test of that name says
 * so in a record `test` "unknown NAME".
 *
 *	static void heap_align(void) { observe("%zu", (size_t)kmalloc(24) % 16); }
 *	KTEST(heap_align);
 */
#pragma once

#include "drivers/report.h"
#include "lib/registry.h"

struct ktest {
	const char *name;
	void (*run)(void); /* on the boot stack, interrupts enabled; may not sleep */
};

#define KTEST(function)                                                                            \
	static struct ktest ktest_##function = { .name = #function, .run = function };             \
	REGISTER(ktest, ktest_##function)

/* Runs the test that the command line names and does not return; returns when it names none. */
void ktest_run_wanted(void);

/* Reports one observation, a line of text of at most 255 bytes: observe("free=%lu", free). */
#define observe(...) report_text("test", __VA_ARGS__)

/* The next of the seed's pseudo-random numbers (splitmix64, so that a model can follow). */
uint64_t ktest_random(void);
/* The same, in [0, below); below > 0. */
uint64_t ktest_random_below(uint64_t below);
