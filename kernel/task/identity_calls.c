/* SPDX-License-Identifier: MIT */
/*
 * identity_calls.c - the numbers of the caller: getpid(2), gettid(2), getppid(2).
 *
 * The parent may change at any moment (it ends, another takes over), so it is looked at under the
 * lock of the process tree.
 */
#include "abi/syscalls.h"
#include "task/process.h"

long sys_getpid(void)
{
	return current_process()->pid->number;
}

long sys_gettid(void)
{
	return current->tid;
}

long sys_getppid(void)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock);
	const struct process *parent = current_process()->parent;
	int number = parent ? parent->pid->number : 0;

	spinlock_release(&process_tree_lock, flags);
	return number;
}
