/* SPDX-License-Identifier: MIT */
/*
 * user_copy.h - bytes across the border to user memory.
 *
 * A user address is a claim: the range is checked by subtraction (no wrap), then copied with a
 * fix-up for the fault that may come.  A copy may sleep (the fault may need a page), so: process
 * context, no spinlock, no area lock (asserted).
 *
 * The range is checked before the first byte moves, so that no pointer of a program can name the
 * kernel's half; what lies in the user half is the page tables' affair: a missing page is faulted
 * in, and where there is none the copy ends (arch/user_access.S).  Check and copy are inline: most
 * copies are a few bytes, and every system call with a pointer makes one.
 */
#pragma once

#include "arch/arch.h"
#include "config.h"
#include "lib/assert.h"

static inline bool user_range_valid(user_address start, uint64_t bytes)
{
	return bytes <= USER_END && start <= USER_END - bytes;
}

static inline void user_copy_check(void)
{
	if (DEBUG)
		assert(interrupts_enabled()); /* else a spinlock is held */
}

/* Return the bytes copied; fewer than asked only when user memory ended. */
static inline size_t user_read(void *to, user_address from, size_t bytes)
{
	user_copy_check();
	if (unlikely(!user_range_valid(from, bytes)))
		return 0;
	return bytes - user_access_copy(to, (const void *)from, bytes);
}
static inline size_t user_write(user_address to, const void *from, size_t bytes)
{
	user_copy_check();
	if (unlikely(!user_range_valid(to, bytes)))
		return 0;
	return bytes - user_access_copy((void *)to, from, bytes);
}
static inline size_t user_clear(user_address to, size_t bytes)
{
	user_copy_check();
	if (unlikely(!user_range_valid(to, bytes)))
		return 0;
	return bytes - user_access_clear((void *)to, bytes);
}

/* All or -EFAULT. */
static inline int user_get(void *to, user_address from, size_t bytes)
{
	return user_read(to, from, bytes) == bytes ? 0 : -14 /* EFAULT */;
}
static inline int user_put(user_address to, const void *from, size_t bytes)
{
	return user_write(to, from, bytes) == bytes ? 0 : -14 /* EFAULT */;
}
/* A number: all of it or nothing, as on Linux (put_user), also where the page behind is missing. */
static inline int user_put_number(user_address to, const void *from, size_t bytes)
{
	size_t here = min(bytes, PAGE_SIZE - to % PAGE_SIZE);

	if (unlikely(here < bytes) && user_put(to + here, from + here, bytes - here))
		return -14 /* EFAULT */;
	return user_put(to, from, here);
}
/* The string's length without its NUL; -EFAULT; -ENAMETOOLONG when no NUL lies within `room`. */
long user_read_string(char *to, user_address from, size_t room);

/* The n-th bytes without taking page faults (pages that are absent end it): for atomic contexts. */
size_t user_read_nofault(void *to, user_address from, size_t bytes);
bool user_faults_are_off(void); /* for fault.c: such a copy is under way */
