/* SPDX-License-Identifier: MIT */
/* new in syscall/membarrier.c */
/*
 * membarrier.c - membarrier(2): every other thread passes a full barrier before the caller goes on.
 *
 * On one processor no other thread runs while this one is in the kernel, and each that runs next came
 * through a switch, which is a barrier: so nothing is left to do but to answer.  Commands that may
 * disturb other processors want to be registered first; what is registered belongs to the address space,
 * which in this chapter is the only one.  With fork() it becomes a field of struct address_space.
 */
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "lib/types.h"

enum {
	COMMAND_QUERY = 0,
	COMMAND_GLOBAL = 1 << 0,
	COMMAND_GLOBAL_EXPEDITED = 1 << 1,
	COMMAND_REGISTER_GLOBAL_EXPEDITED = 1 << 2,
	COMMAND_PRIVATE_EXPEDITED = 1 << 3,
	COMMAND_REGISTER_PRIVATE_EXPEDITED = 1 << 4,
	COMMANDS = (1 << 5) - 1,
};

static bool registered;

long sys_membarrier(int command, unsigned flags, int cpu)
{
	if (flags)
		return -EINVAL;
	switch (command) {
	case COMMAND_QUERY:
		return COMMANDS;
	case COMMAND_GLOBAL:
	case COMMAND_GLOBAL_EXPEDITED:
	case COMMAND_REGISTER_GLOBAL_EXPEDITED:
		return 0;
	case COMMAND_PRIVATE_EXPEDITED:
		return registered ? 0 : -EPERM;
	case COMMAND_REGISTER_PRIVATE_EXPEDITED:
		registered = true;
		return 0;
	}
	return -EINVAL;
}
