/* SPDX-License-Identifier: MIT */
/*
 * user_copy.h - bytes across the border to user memory.
 *
 * A user address is a claim: the range is checked by subtraction (no wrap), then copied with a
 * fix-up for the fault that may come.  A copy may sleep (the fault may need a page), so: process
 * context, no spinlock, no area lock (asserted).
 */
#pragma once

#include "arch/arch.h"

static inline bool user_range_valid(user_address start, uint64_t bytes)
{
	return bytes <= USER_END && start <= USER_END - bytes;
}

/* Return the bytes copied; fewer than asked only when user memory ended. */
size_t user_read(void *to, user_address from, size_t bytes);
size_t user_write(user_address to, const void *from, size_t bytes);
size_t user_clear(user_address to, size_t bytes);

/* All or -EFAULT. */
static inline int user_get(void *to, user_address from, size_t bytes)
{
	return user_read(to, from, bytes) == bytes ? 0 : -14 /* EFAULT */;
}
static inline int user_put(user_address to, const void *from, size_t bytes)
{
	return user_write(to, from, bytes) == bytes ? 0 : -14 /* EFAULT */;
}
/* The string's length without its NUL; -EFAULT; -ENAMETOOLONG when no NUL lies within `room`. */
long user_read_string(char *to, user_address from, size_t room);

/* The n-th bytes without taking page faults (pages that are absent end it): for atomic contexts. */
size_t user_read_nofault(void *to, user_address from, size_t bytes);
bool user_faults_are_off(void); /* for fault.c: such a copy is under way */
