/* SPDX-License-Identifier: MIT */
/*
 * limits.c - how much a process may use: getrlimit(2), setrlimit(2), prlimit64(2).
 *
 * A limit is a pair: the soft one is enforced, the hard one is how far the soft one may be raised.
 * Who enforces which: fork NPROC; the descriptor table NOFILE; address spaces AS, DATA, STACK;
 * files FSIZE; signals SIGPENDING.  The others are only kept.
 *
 * Errors (getrlimit(2)): EINVAL unknown resource, or soft above hard; EPERM to raise a hard limit
 * without CAP_SYS_RESOURCE, or NOFILE above nr_open; ESRCH, EFAULT.
 *
 * Locks: signal_lock while the pair is written, so that who reads both under it sees one pair.
 * task_limit() reads one word and needs none.
 */
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "memory/user_copy.h"
#include "task/credentials.h"
#include "task/process.h"

#define NOFILE_CEILING 1048576 /* /proc/sys/fs/nr_open */

/* Whether the current task may look at and change the limits of `target` (prlimit(2)). */
static bool may_change_limits_of(const struct task *target)
{
	const struct credentials *own = current->credentials, *its = target->credentials;

	return target->process == current->process || capable(CAP_SYS_RESOURCE) ||
	       (its && credentials_are_all(its, own->uid, own->gid));
}

static int limit_set(struct process *process, int resource, const struct rlimit *fresh)
{
	struct rlimit *limit = &process->limits[resource];
	uint64_t flags;

	if (fresh->rlim_cur > fresh->rlim_max)
		return -EINVAL;
	if (resource == RLIMIT_NOFILE && fresh->rlim_max > NOFILE_CEILING)
		return -EPERM;
	if (fresh->rlim_max > limit->rlim_max && !capable(CAP_SYS_RESOURCE))
		return -EPERM;
	flags = spinlock_acquire(&process->signal_lock);
	*limit = *fresh;
	spinlock_release(&process->signal_lock, flags);
	if (resource == RLIMIT_CPU)
		cpu_limit_changed(process);
	return 0;
}

static int limit_exchange(struct process *process, int resource, const struct rlimit *fresh,
			  struct rlimit *old)
{
	if (resource < 0 || resource >= RLIM_NLIMITS)
		return -EINVAL;
	*old = process->limits[resource];
	return fresh ? limit_set(process, resource, fresh) : 0;
}

long sys_prlimit64(int pid, int resource, user_address to_set, user_address to_report)
{
	struct task *target;
	struct rlimit fresh, old;
	int error = 0;

	if (to_set && user_get(&fresh, to_set, sizeof(fresh)))
		return -EFAULT;
	target = task_find(pid ? pid : current->tid);
	if (!target)
		return -ESRCH;
	if (!may_change_limits_of(target))
		error = -EPERM;
	if (!error)
		error = limit_exchange(target->process, resource, to_set ? &fresh : NULL, &old);
	/* Before user memory is touched: the copy may fault and sleep, and needs only `old`. */
	task_put(target);
	if (!error && to_report)
		error = user_put(to_report, &old, sizeof(old));
	return error;
}

long sys_getrlimit(int resource, user_address to)
{
	struct rlimit old;
	int error = limit_exchange(current_process(), resource, NULL, &old);

	return error ? error : user_put(to, &old, sizeof(old));
}

long sys_setrlimit(int resource, user_address from)
{
	struct rlimit fresh, old;

	if (user_get(&fresh, from, sizeof(fresh)))
		return -EFAULT;
	return limit_exchange(current_process(), resource, &fresh, &old);
}
