/* SPDX-License-Identifier: MIT */
/* new in task/schedule_attributes.c */
/*
 * schedule_attributes.c - sched_setattr(2), sched_getattr(2): policy, nice value and more in a struct that
 * may grow.
 *
 * The struct's first word is its size as its writer knows it.  From a program: what is shorter than the
 * first version (48 bytes) is refused; what is shorter than ours is filled up with zeros; what is longer
 * must be zeros there, for what they would ask for we do not know.  A size that is refused is E2BIG, and the
 * word then says what we know.  To a program: as much as it has room for, and that is the size.
 *
 * There is one policy that is more than a name (schedule_calls.c), so all that is kept is the nice value,
 * which belongs to the process.
 */
#include "abi/errno.h"
#include "abi/resource.h"
#include "abi/sched.h"
#include "abi/syscalls.h"
#include "memory/user_copy.h"
#include "task/process.h"

struct attributes { /* struct sched_attr of linux/sched/types.h */
	uint32_t size, policy;
	uint64_t flags;
	int32_t nice;
	uint32_t priority;
	uint64_t runtime, deadline, period;
	uint32_t clamp_min, clamp_max; /* since version 1 */
};
#define SIZE_VERSION_0 48
static_assert(sizeof(struct attributes) == 56, "version 1 of Linux's struct");

#define FLAG_RESET_ON_FORK 0x01
#define FLAG_KEEP_POLICY   0x08
#define FLAG_KEEP_PARAMS   0x10
#define FLAGS_CLAMP	   0x60
#define FLAGS_KNOWN	   0x7f

/* 0; -E2BIG: something is there. */
static int zeros_check(user_address at, uint64_t bytes)
{
	while (bytes) {
		uint8_t piece[64] = { 0 };
		size_t count = min(bytes, sizeof(piece));

		if (user_get(piece, at, count))
			return -EFAULT;
		for (size_t i = 0; i < count; i++)
			if (piece[i])
				return -E2BIG;
		at += count;
		bytes -= count;
	}
	return 0;
}

static int size_refused(user_address from)
{
	uint32_t known = sizeof(struct attributes);

	user_put(from, &known, sizeof(known));
	return -E2BIG;
}

static int attributes_get(struct attributes *to, user_address from)
{
	uint32_t size;
	int error = 0;

	*to = (struct attributes){ 0 };
	if (user_get(&size, from, sizeof(size)))
		return -EFAULT;
	size = size ? size : SIZE_VERSION_0; /* before it was filled in */
	if (size < SIZE_VERSION_0 || size > PAGE_SIZE)
		return size_refused(from);
	if (size > sizeof(*to))
		error = zeros_check(from + sizeof(*to), size - sizeof(*to));
	if (!error && user_get(to, from, min((size_t)size, sizeof(*to))))
		error = -EFAULT;
	if (error)
		return error == -E2BIG ? size_refused(from) : error;
	return to->flags & FLAGS_CLAMP && size < sizeof(*to) ? -EINVAL : 0;
}

static int policy_check(const struct attributes *wanted)
{
	if (wanted->flags & ~(uint64_t)FLAGS_KNOWN)
		return -EINVAL;
	switch (wanted->policy) {
	case SCHED_NORMAL:
	case SCHED_BATCH:
	case SCHED_IDLE:
		return wanted->priority ? -EINVAL : 0;
	case SCHED_FIFO:
	case SCHED_RR:
		return wanted->priority >= 1 && wanted->priority <= 99 ? -EPERM : -EINVAL;
	case SCHED_DEADLINE:
		return wanted->priority ? -EINVAL : -EPERM;
	default:
		return -EINVAL;
	}
}

/* setpriority(2) tells two kinds of "not you" apart. */
static long nice_set(int pid, int nice)
{
	long error = sys_setpriority(PRIO_PROCESS, pid, nice);

	return error == -EACCES ? -EPERM : error;
}

long sys_sched_setattr(int pid, user_address from, unsigned flags)
{
	struct attributes wanted;
	struct task *task;
	int error;

	if (!from || pid < 0 || flags)
		return -EINVAL;
	error = attributes_get(&wanted, from);
	if (error)
		return error;
	if ((int)wanted.policy < 0)
		return -EINVAL;
	task = task_find(pid ? pid : current->tid);
	if (!task)
		return -ESRCH;
	task_put(task);
	if (wanted.flags & FLAG_KEEP_POLICY)
		wanted.policy = SCHED_NORMAL;
	error = policy_check(&wanted);
	if (error || wanted.flags & FLAG_KEEP_PARAMS)
		return error;
	return nice_set(pid, wanted.nice);
}

long sys_sched_getattr(int pid, user_address to, unsigned size, unsigned flags)
{
	struct attributes now = { .policy = SCHED_NORMAL, .clamp_max = 1024 };
	struct task *task;

	if (!to || pid < 0 || size < SIZE_VERSION_0 || size > PAGE_SIZE || flags)
		return -EINVAL;
	task = task_find(pid ? pid : current->tid);
	if (!task)
		return -ESRCH;
	now.nice = 20 - task->process->nice;
	task_put(task);
	now.size = min(size, (unsigned)sizeof(now));
	return user_put(to, &now, now.size);
}
