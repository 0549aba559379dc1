/* SPDX-License-Identifier: MIT */
/* new in task/io_priority.c */
/*
 * io_priority.c - ioprio_get(2), ioprio_set(2): a number that a scheduler of disks would go by.
 *
 * A priority is a class in the upper three bits of 16, and in the others a level (three bits) and hints,
 * which are kept and not looked at.  Every task has its own; a child begins with its parent's (fork.c).
 * Zero is "none set": the class that follows from the nice value.
 *
 * Order of errors, Linux's: of the priority itself, of `which`, nobody there, rights.  The classes of
 * getpriority(2)'s `which` count from 1 here.  All under process_tree_lock, which keeps tasks from
 * going; the number is a word that anybody reads without a lock.
 */
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "task/credentials.h"
#include "task/process.h"

enum which { WHO_PROCESS = 1, WHO_GROUP = 2, WHO_USER = 3 };
enum class { CLASS_NONE, CLASS_REAL_TIME, CLASS_BEST_EFFORT, CLASS_IDLE };

#define CLASS_SHIFT 13
#define CLASS_MASK  7
#define LEVEL_MASK  7
#define BEST_EFFORT (CLASS_BEST_EFFORT << CLASS_SHIFT | 4) /* what NONE counts as among others */

static int priority_check(int priority)
{
	switch (priority >> CLASS_SHIFT & CLASS_MASK) {
	case CLASS_REAL_TIME:
		return capable(CAP_SYS_NICE) || capable(CAP_SYS_ADMIN) ? 0 : -EPERM;
	case CLASS_BEST_EFFORT:
	case CLASS_IDLE:
		return 0;
	case CLASS_NONE:
		return priority & LEVEL_MASK ? -EINVAL : 0;
	default:
		return -EINVAL;
	}
}

struct wish {
	int which, who; /* who: 0 has been replaced by a number */
	bool set;
	int priority; /* to set, or the best so far */
	long error;   /* -ESRCH until somebody is meant */
};

static bool is_meant(const struct task *task, const struct wish *wish)
{
	switch (wish->which) {
	case WHO_PROCESS:
		return task->tid == wish->who;
	case WHO_GROUP:
		return task->process->group->number == wish->who;
	default:
		return task->credentials->uid == (uint32_t)wish->who;
	}
}

static bool may_set(const struct task *task)
{
	const struct credentials *own = current->credentials;

	return task->credentials->uid == own->euid || task->credentials->uid == own->uid ||
	       capable(CAP_SYS_NICE);
}

/* The better of two is the smaller number. */
static int better(int a, int b)
{
	a = a >> CLASS_SHIFT ? a : BEST_EFFORT;
	b = b >> CLASS_SHIFT ? b : BEST_EFFORT;
	return min(a, b);
}

/* Who refuses ends the walk; those before keep what they got. */
static void task_visit(struct task *task, struct wish *wish)
{
	bool first = wish->error == -ESRCH;

	if ((wish->error && !first) || !is_meant(task, wish))
		return;
	wish->error = wish->set && !may_set(task) ? -EPERM : 0;
	if (wish->error)
		return;
	if (wish->set)
		task->io_priority = (uint16_t)wish->priority;
	else
		wish->priority = first ? task->io_priority : better(wish->priority, task->io_priority);
}

static long priority_walk(struct wish *wish)
{
	const struct process *self = current_process();
	uint64_t interrupts = spinlock_acquire(&process_tree_lock);
	struct process *process;
	struct task *task;

	if (wish->who == 0)
		wish->who = wish->which == WHO_PROCESS ? current->tid
			    : wish->which == WHO_GROUP ? self->group->number
						       : (int)current->credentials->uid;
	list_for_each(process, &all_processes, all_link)
		list_for_each(task, &process->tasks, process_link)
			task_visit(task, wish);
	spinlock_release(&process_tree_lock, interrupts);
	return wish->error;
}

long sys_ioprio_set(int which, int who, int priority)
{
	struct wish wish = { which, who, true, priority, -ESRCH };
	int error = priority_check(priority);

	if (error)
		return error;
	return which < WHO_PROCESS || which > WHO_USER ? -EINVAL : priority_walk(&wish);
}

long sys_ioprio_get(int which, int who)
{
	struct wish wish = { which, who, false, 0, -ESRCH };
	long error;

	if (which < WHO_PROCESS || which > WHO_USER)
		return -EINVAL;
	error = priority_walk(&wish);
	return error ? error : wish.priority;
}
