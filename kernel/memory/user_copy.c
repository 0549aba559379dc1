/* SPDX-License-Identifier: MIT */
/*
 * user_copy.c - bytes across the border to user memory.
 *
 * The range is checked before the first byte moves, so that no pointer of a program can name the
 * kernel's half; what lies in the user half is the page tables' affair: a missing page is faulted
 * in, and where there is none the copy ends (arch/user_access.S).
 */
#include "memory/user_copy.h"

#include "abi/errno.h"
#include "config.h"
#include "lib/assert.h"

static bool faults_off; /* the processor is in user_read_nofault(), which cannot be preempted */

bool user_faults_are_off(void)
{
	return faults_off;
}

static void assert_may_fault(void)
{
	if (DEBUG)
		assert(interrupts_enabled()); /* else a spinlock is held */
}

size_t user_read(void *to, user_address from, size_t bytes)
{
	assert_may_fault();
	if (unlikely(!user_range_valid(from, bytes)))
		return 0;
	return bytes - user_access_copy(to, (const void *)from, bytes);
}

size_t user_write(user_address to, const void *from, size_t bytes)
{
	assert_may_fault();
	if (unlikely(!user_range_valid(to, bytes)))
		return 0;
	return bytes - user_access_copy((void *)to, from, bytes);
}

size_t user_clear(user_address to, size_t bytes)
{
	assert_may_fault();
	if (unlikely(!user_range_valid(to, bytes)))
		return 0;
	return bytes - user_access_clear((void *)to, bytes);
}

long user_read_string(char *to, user_address from, size_t room)
{
	size_t most;
	long length;

	assert_may_fault();
	if (unlikely(from >= USER_END))
		return -EFAULT;
	most = min(room, USER_END - from);
	length = user_access_string(to, (const char *)from, most);
	if (length < 0 || (size_t)length < most)
		return length;
	return most < room ? -EFAULT : -ENAMETOOLONG;
}

size_t user_read_nofault(void *to, user_address from, size_t bytes)
{
	size_t left;

	if (!user_range_valid(from, bytes))
		return 0;
	faults_off = true;
	left = user_access_copy(to, (const void *)from, bytes);
	faults_off = false;
	return bytes - left;
}
