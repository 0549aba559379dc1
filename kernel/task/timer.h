/* SPDX-License-Identifier: MIT */
/*
 * timer.h - ordered deadlines.  All armed timers are in one tree by deadline; the hardware is
 * programmed for the earliest, and only when that moves earlier.  A timer's function runs in the
 * timer interrupt: it may wake, queue or send signals, nothing more.  No tick while idle.
 *
 * A timer is embedded in what it belongs to and needs no allocation, so arming cannot fail. It
 * must be zero before its first use but for `function`, and cancelled before its memory goes.
 * Deadlines that have passed are allowed: the interrupt comes at once.
 */
#pragma once

#include "lib/tree.h"

struct timer {
	struct tree_node node;
	uint64_t deadline; /* clock_monotonic() nanoseconds */
	bool armed;	   /* guarded by the timers' lock */
	void (*function)(struct timer *timer);
};

void timer_arm(struct timer *timer, uint64_t deadline); /* re-arms when armed */
/* Whether it was still armed.  After it returns the function does not run. */
bool timer_cancel(struct timer *timer);
