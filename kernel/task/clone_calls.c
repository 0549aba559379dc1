/* SPDX-License-Identifier: MIT */
/*
 * clone_calls.c - fork(2), vfork(2), clone(2), clone3: four ways to ask for the same.
 *
 * Each becomes a clone_request (clone.h).  clone() packs the signal into the low byte of its flags
 * and is given the top of the stack; clone3() has a struct that may grow with each version of the
 * system, and is given the stack's lowest byte and its size.
 *
 * Errors (clone(2)): EINVAL for senseless flags, EAGAIN for RLIMIT_NPROC or no pid, ENOMEM, EPERM
 * for a tls outside of user memory; ERESTARTNOINTR (never seen by a program) when a signal is due.
 */
#include "abi/errno.h"
#include "abi/sched.h"
#include "abi/syscalls.h"
#include "memory/address_space.h"
#include "memory/user_copy.h"
#include "task/clone.h"
#include "task/signal.h"

long sys_fork(void)
{
	return task_clone(&(struct clone_request){ .exit_signal = SIGCHLD });
}

long sys_vfork(void)
{
	return task_clone(&(struct clone_request){ .flags = CLONE_VM | CLONE_VFORK,
						   .exit_signal = SIGCHLD });
}

/* On x86-64 child_tid comes before tls (clone(2), C library/kernel differences).  Of the flags only
 * the low word counts: clone3() came when it was full. */
long sys_clone(uint64_t flags, user_address stack, user_address parent_tid, user_address child_tid,
	       uint64_t tls)
{
	struct clone_request request = {
		.flags = (uint32_t)flags & ~(uint64_t)CSIGNAL,
		.exit_signal = (int)(flags & CSIGNAL),
		.stack = stack,
		.parent_tid = parent_tid,
		.child_tid = child_tid,
		.tls = tls,
	};

	return task_clone(&request);
}

/* Reads what the program's version of the struct has; what we do not know must be zero: a program
 * of a newer system learns that this one cannot do it, and is not misunderstood. */
static int clone_args_read(struct clone_args *args, user_address from, uint64_t size)
{
	uint8_t byte;
	uint64_t i;

	static_assert(sizeof(*args) >= CLONE_ARGS_SIZE_VER0, "what the first version had");
	if (size > PAGE_SIZE)
		return -E2BIG;
	if (size < CLONE_ARGS_SIZE_VER0)
		return -EINVAL;
	*args = (struct clone_args){ 0 };
	if (user_get(args, from, min(size, sizeof(*args))))
		return -EFAULT;
	for (i = sizeof(*args); i < size; i++) {
		if (user_get(&byte, from + i, 1))
			return -EFAULT;
		if (byte)
			return -E2BIG;
	}
	return 0;
}

/* What clone() cannot be asked and clone3() may be, wrongly. */
static int clone_args_check(const struct clone_args *args)
{
	uint64_t known = 0xffffffffUL | CLONE_CLEAR_SIGHAND | CLONE_INTO_CGROUP;

	if (args->set_tid || args->set_tid_size)
		return -EINVAL;
	if (args->exit_signal > SIGNAL_COUNT)
		return -EINVAL;
	if (args->flags & ~known || args->flags & (CLONE_DETACHED | (CSIGNAL & ~CLONE_NEWTIME)))
		return -EINVAL;
	/* A sibling's parent is not us, and a thread has none to tell: their signal is not ours to
	 * choose. */
	if (args->flags & (CLONE_THREAD | CLONE_PARENT) && args->exit_signal)
		return -EINVAL;
	/* Both or neither; the stack grows down from its end, so its size must be known. */
	if (!args->stack != !args->stack_size)
		return -EINVAL;
	return user_range_valid(args->stack, args->stack_size) ? 0 : -EINVAL;
}

long sys_clone3(user_address arguments, size_t size)
{
	struct clone_args args;
	int error = clone_args_read(&args, arguments, size);

	if (!error)
		error = clone_args_check(&args);
	if (error)
		return error;
	return task_clone(&(struct clone_request){
		.flags = args.flags,
		.exit_signal = (int)args.exit_signal,
		.stack = args.stack ? args.stack + args.stack_size : 0,
		.parent_tid = args.parent_tid,
		.child_tid = args.child_tid,
		.tls = args.tls,
	});
}
