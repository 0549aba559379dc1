/* SPDX-License-Identifier: MIT */
/*
 * log_steps.c - what the log (lib/log.c) asks of the processor below whose layer it lies: the time,
 * and to be left alone by interrupts while it writes.
 *
 * Not a spinlock: a fault in the middle of a log line must still be able to report itself, and
 * finds the ring in a state that it can append to (log.c says why).
 *
 * Callable in any context, also from NMI and in the midst of a panic.
 */
#include "arch/arch.h"
#include "lib/printf.h"

uint64_t log_lock(void)
{
	return interrupts_save();
}

void log_unlock(uint64_t flags)
{
	interrupts_restore(flags);
}

uint64_t log_clock(void)
{
	return clock_monotonic();
}
