/* SPDX-License-Identifier: MIT */
/*
 * clock.c - time of day as an offset from the clock that never jumps, and conversions.
 *
 * The offset is set once from the real-time clock, which counts seconds, when it is first needed;
 * after that only settimeofday and clock_settime move it.
 *
 * This file owns the page of numbers that programs read the clocks by (arch/vdso/data.h), once
 * there is one: it always says what the variables here say.
 *
 * Locks: none. The offset is one aligned word; a reader that is interrupted by a setter sees the
 * old or the new time, as with any order of the two calls. Sleepers do not look at it again: what
 * sleeps until a point of CLOCK_REALTIME computes its monotonic deadline when it begins.
 */
#include "task/clock.h"
#include "abi/errno.h"
#include "arch/arch.h"
#include "arch/vdso/data.h"
#include "lib/assert.h"
#include "memory/user_copy.h"

static uint64_t realtime_offset; /* nanoseconds: CLOCK_REALTIME - clock_monotonic() */
static bool offset_known;
static struct vdso_data *shown; /* NULL: programs see nothing of it */

/* Who reads in the midst of this finds the sequence odd, and reads again. */
static void shown_update(void)
{
	if (!shown)
		return;
	assert(!(shown->sequence & 1));
	write_once(shown->sequence, shown->sequence + 1);
	memory_order();
	shown->monotonic = tsc_rate;
	shown->realtime_offset = realtime_offset;
	shown->realtime_known = offset_known;
	memory_order();
	write_once(shown->sequence, shown->sequence + 1);
}

void clock_show(struct vdso_data *page)
{
	assert(!shown);
	shown = page;
	shown_update();
}

static void offset_set(uint64_t offset)
{
	realtime_offset = offset;
	offset_known = true;
	shown_update();
}

uint64_t clock_realtime(void)
{
	uint64_t now = clock_monotonic();

	/* Wraps below 0 when there is no RTC (0): the sum in the return wraps back. */
	if (unlikely(!offset_known))
		offset_set(rtc_read() * NANOSECONDS - now);
	return now + realtime_offset;
}

void clock_realtime_set(uint64_t nanoseconds)
{
	offset_set(nanoseconds - clock_monotonic());
}

struct timespec timespec_of(uint64_t nanoseconds)
{
	return (struct timespec){ .tv_sec = (int64_t)(nanoseconds / NANOSECONDS),
				  .tv_nsec = (int64_t)(nanoseconds % NANOSECONDS) };
}

struct timeval timeval_of(uint64_t nanoseconds)
{
	return (struct timeval){ .tv_sec = (int64_t)(nanoseconds / NANOSECONDS),
				 .tv_usec = (int64_t)(nanoseconds % NANOSECONDS / 1000) };
}

int timespec_to_nanoseconds(const struct timespec *from, uint64_t *to)
{
	if (from->tv_sec < 0 || (uint64_t)from->tv_nsec >= NANOSECONDS)
		return -EINVAL;
	/* Linux's "infinite" sleeps come as INT64_MAX seconds; they must not wrap into the past. */
	if ((uint64_t)from->tv_sec > CLOCK_FAR / NANOSECONDS)
		*to = CLOCK_FAR;
	else
		*to = (uint64_t)from->tv_sec * NANOSECONDS + (uint64_t)from->tv_nsec;
	return 0;
}

int timespec_read(user_address from, uint64_t *nanoseconds)
{
	struct timespec timespec;
	int error = user_get(&timespec, from, sizeof(timespec));

	return error ? error : timespec_to_nanoseconds(&timespec, nanoseconds);
}

int timeval_to_nanoseconds(const struct timeval *from, uint64_t *to)
{
	struct timespec timespec = { .tv_sec = from->tv_sec, .tv_nsec = from->tv_usec * 1000 };

	/* The cast makes negative ones too large. The product above may wrap, but is not used
	 * then. */
	if ((uint64_t)from->tv_usec >= 1000000)
		return -EINVAL;
	return timespec_to_nanoseconds(&timespec, to);
}

uint64_t clock_deadline(uint64_t span)
{
	uint64_t now = clock_monotonic();

	assert(now < CLOCK_FAR);
	return span >= CLOCK_FAR - now ? CLOCK_FAR : now + span;
}
