/* SPDX-License-Identifier: MIT */
/*
 * thread_calls.c - what a C library tells the kernel about its threads when a program starts: the
 * base of thread-local storage (arch_prctl(2)), the word to clear at the end (set_tid_address(2)),
 * the list of locks that must not stay taken when a thread dies (set_robust_list(2)).
 *
 * Errors: EPERM for a base outside of user memory (WRMSR of a non-canonical address would be #GP
 * in the kernel), EINVAL for an option or length that is not known, ENODEV for what the processor
 * lacks, EFAULT, ESRCH. The robust list is kept and reported, but not walked at the end: mutexes
 * shared between processes are to come with threads (get_robust_list(2)).
 */
#include "abi/errno.h"
#include "abi/futex.h"
#include "abi/prctl.h"
#include "abi/syscalls.h"
#include "memory/user_copy.h"
#include "task/credentials.h"
#include "task/process.h"

long sys_set_tid_address(user_address tid)
{
	current->clear_child_tid = tid;
	return current->tid;
}

/* The task keeps the value (it is what the next switch to it loads), the processor uses it. */
static long base_set(uint64_t *kept, void (*load)(uint64_t), user_address base)
{
	if (base >= USER_END)
		return -EPERM;
	*kept = base;
	load(base);
	return 0;
}

long sys_arch_prctl(int option, user_address argument)
{
	struct task *self = current;

	switch (option) {
	case ARCH_SET_FS:
		return base_set(&self->fs_base, fs_base_set, argument);
	case ARCH_SET_GS:
		return base_set(&self->gs_base, user_gs_base_set, argument);
	case ARCH_GET_FS:
		return user_put(argument, &self->fs_base, sizeof(self->fs_base));
	case ARCH_GET_GS:
		return user_put(argument, &self->gs_base, sizeof(self->gs_base));
	case ARCH_GET_CPUID:
		return 1; /* programs may use the instruction */
	case ARCH_SET_CPUID:
		return -ENODEV; /* and no processor here can forbid it */
	default:
		return -EINVAL;
	}
}

long sys_set_robust_list(user_address head, size_t length)
{
	if (length != sizeof(struct robust_list_head))
		return -EINVAL;
	current->robust_list = head;
	return 0;
}

long sys_get_robust_list(int pid, user_address head, user_address length)
{
	uint64_t bytes = sizeof(struct robust_list_head), list;
	struct task *task = pid ? task_find(pid) : current;
	const struct credentials *own = current->credentials;
	bool allowed;

	if (!task)
		return -ESRCH;
	allowed = may_look_into(task, own->uid, own->gid);
	list = task->robust_list;
	if (pid)
		task_put(task);
	if (!allowed)
		return -EPERM;
	if (user_put_number(length, &bytes, sizeof(bytes)))
		return -EFAULT;
	return user_put_number(head, &list, sizeof(list));
}
