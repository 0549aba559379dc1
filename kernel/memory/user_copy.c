/* SPDX-License-Identifier: MIT */
/*
 * user_copy.c - strings from user memory, and copies that must not sleep; the others are in the
 * header.
 */
#include "memory/user_copy.h"

#include "abi/errno.h"

static bool faults_off; /* the processor is in user_read_nofault(), which cannot be preempted */

bool user_faults_are_off(void)
{
	return faults_off;
}

long user_read_string(char *to, user_address from, size_t room)
{
	size_t most;
	long length;

	user_copy_check();
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
