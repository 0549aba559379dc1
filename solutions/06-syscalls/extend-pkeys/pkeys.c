/* SPDX-License-Identifier: MIT */
/* new in memory/pkeys.c */
/*
 * pkeys.c - pkey_alloc(2), pkey_free(2), pkey_mprotect(2) where the processor has no protection keys.
 *
 * Then there is not one key to give (ENOSPC: what a program falls back from), none to give back, not
 * even the 0 that pages have with keys, and none to put on a page; -1 asks for none, and is mprotect(2).
 * The look at the key comes after the looks at the range, and before those at what lies there.
 */
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "lib/types.h"

#define PKEY_DISABLE_ACCESS 0x1UL
#define PKEY_DISABLE_WRITE  0x2UL

long sys_pkey_alloc(uint64_t flags, uint64_t rights)
{
	if (flags || rights & ~(PKEY_DISABLE_ACCESS | PKEY_DISABLE_WRITE))
		return -EINVAL;
	return -ENOSPC;
}

long sys_pkey_free(int key)
{
	return -EINVAL;
}

/* Whether mprotect(2) goes on to look at what lies in the range. */
static bool range_is_usable(user_address address, size_t length)
{
	uint64_t bytes = round_up(length, PAGE_SIZE);

	return !(address & ~PAGE_MASK) && bytes && address + bytes > address;
}

long sys_pkey_mprotect(user_address address, size_t length, uint64_t protection, int key)
{
	if (key != -1 && range_is_usable(address, length))
		return -EINVAL;
	return sys_mprotect(address, length, protection);
}
