/* SPDX-License-Identifier: MIT */
/*
 * exit.c - the end of a task and of its process.
 *
 * The order is the point.  First everything is released that a live process owns, down to the
 * kernel stack; so a zombie holds nothing but its number, its status and its times, and its parent
 * can never see it half gone.  Then, under the process-tree lock: the children get another parent,
 * the process becomes a zombie, its parent is told.  The parent cannot run before the lock is
 * released, and the zombie's stack is freed by whoever runs next.
 *
 * A parent that ignores SIGCHLD, or said SA_NOCLDWAIT, gets no zombies: they leave the tree at
 * once.
 *
 * Locks: exit takes process_tree_lock once, for the family part; everything before it may sleep
 * (closing a file may write, a terminal may hang up). Nothing after `exiting` is set may fail.
 *
 * Order inside parts_exit(): the space first, because clearing the child's tid needs it and a
 * vfork parent waits for it; then files, whose release may send signals to others.
 */
#include "abi/syscalls.h"
#include "abi/wait.h"
#include "memory/address_space.h"
#include "memory/user_copy.h"
#include "task/process.h"
#include "task/scheduler.h"
#include "task/signal.h"

/* ---- releasing ---- */

void task_leave_space(struct task *task)
{
	struct rusage_sums *sums = &task->process->own_dead;
	uint32_t zero = 0;

	/* ru_maxrss outlives the space that it was measured in (getrusage(2)). */
	sums->peak_resident = max(sums->peak_resident, address_space_peak(task->space));
	/* Only for those who still share the memory (set_tid_address(2)): pthread_join() waits for
	 * this word. A fault here is nobody's business: the write just does not happen. */
	if (task->clear_child_tid && task->space->count > 1) {
		user_put(task->clear_child_tid, &zero, sizeof(zero));
		futex_wake_address(task->clear_child_tid);
	}
	task->clear_child_tid = task->robust_list = 0;
	if (task->vfork_pending) {
		/* The word before the wake-up: the parent looks at it when it wakes. */
		write_once(task->vfork_pending, false);
		wait_queue_wake_all(&task->vfork_queue, 0);
	}
}

static void space_exit(struct task *task)
{
	struct address_space *space = task->space;

	if (!space)
		return;
	task_leave_space(task);
	/* First hide it (others look at task->space under process_tree_lock), then give it up. */
	task->space = NULL;
	address_space_put(space);
}

static void parts_exit(struct task *task)
{
	space_exit(task);
	files_exit(task);
	fs_context_exit(task);
}

/* ---- the family ---- */

/* Who takes over the children: the nearest living ancestor that asked to, or pid 1. */
static struct process *find_reaper(const struct process *dying)
{
	struct process *ancestor = dying->parent;

	assert(spinlock_held(&process_tree_lock));
	while (ancestor && !(ancestor->is_subreaper && ancestor->state == PROCESS_ALIVE))
		ancestor = ancestor->parent;
	return ancestor ? ancestor : init_process;
}

/* `process` is a zombie: tells its parent.  Result: the parent does not want to wait for it. */
static bool zombie_announce(struct process *process)
{
	struct process *parent = process->parent;
	int status = process->wait_status, code = CLD_EXITED;
	bool unwanted;

	assert(spinlock_held(&process_tree_lock) && process->state == PROCESS_ZOMBIE);
	if (!WAIT_IS_EXIT(status))
		code = status & WAIT_CORE ? CLD_DUMPED : CLD_KILLED;
	unwanted = signal_parent(process, process->exit_signal, code,
				 WAIT_IS_EXIT(status) ? WAIT_CODE(status) : WAIT_SIGNAL(status));
	wait_queue_wake_all(&parent->child_event, 0);
	return unwanted;
}

/* Out of the tree without a wait.  Its own task, if it is the current one, lives on until the
 * switch. */
static void process_forget(struct process *process)
{
	struct task *leader = process_unlink(process);

	task_put(leader);
	process_put(process);
}

static void child_reparent(struct process *child, struct process *dying, struct process *reaper)
{
	assert(child->parent == dying && reaper != dying);
	list_remove(&child->sibling);
	list_add_last(&reaper->children, &child->sibling);
	child->parent = reaper;
	/* Whatever clone asked for was for the old parent: init understands SIGCHLD only. */
	child->exit_signal = SIGCHLD;
	signal_parent_death(child);
	if (child->state == PROCESS_ZOMBIE) {
		/* The new parent has not heard of this death: tell it, or it would never be waited
		 * for. */
		if (zombie_announce(child))
			process_forget(child);
	} else {
		group_check_orphaned(child, dying);
	}
}

static void children_exit(struct process *dying)
{
	struct process *reaper = find_reaper(dying), *child, *following;

	list_for_each_safe(child, following, &dying->children, sibling)
		child_reparent(child, dying, reaper);
}

/* The last task of a process is gone: zombie, or nothing at all. */
static void process_become_zombie(struct process *process, int status)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock);
	bool unwanted;

	assert(process->state == PROCESS_ALIVE && process->live_tasks > 0);
	/* Children first: a parent that wakes from wait must find them gone to their new parent. */
	children_exit(process);
	/* Must see the process still alive and in its group: it asks who is left without it. */
	group_check_orphaned(process, NULL);
	process->live_tasks--;
	process->wait_status = status;
	process->stop_signal = 0;
	process->stopped = process->continued_unreported = false;
	process->state = PROCESS_ZOMBIE;
	unwanted = zombie_announce(process);
	if (unwanted)
		process_forget(process);
	spinlock_release(&process_tree_lock, flags);
}

/* ---- the end ---- */

void task_exit(int wait_status)
{
	struct task *self = current;
	struct process *process = self->process;

	assert(current->process && current->process->live_tasks > 0);
	interrupts_enable();
	if (process == init_process)
		init_died(wait_status);
	self->exiting = true; /* no signal is sent to it from here on */
	self->exit_code = wait_status;
	/* Before the parts: its function sends signals, which look at the actions. */
	process_timers_exit(process);
	parts_exit(self);
	/* After the files are closed, so that this process is no longer among the terminal's
	 * users. */
	if (process->session_leader)
		terminal_exit(process);
	signal_queue_exit(self);
	process_queue_exit(process);
	signal_actions_exit(self);
	process_become_zombie(process, wait_status);
	/* Its area is freed with the task; the registers must not be saved there any more. */
	fpu_forget();
	task_set_sleeping(TASK_DEAD);
	/* The last switch away: the next task buries us (scheduler.c, task_bury). */
	schedule();
	panic("a dead task was switched to");
}

/* One task a process: the end of the one is the end of the other. */
void process_exit(int wait_status)
{
	struct process *process = current_process();
	uint64_t flags = spinlock_acquire(&process->signal_lock);

	process->exiting = true;
	spinlock_release(&process->signal_lock, flags);
	task_exit(wait_status);
}

long sys_exit(int status)
{
	task_exit(WAIT_EXITED(status));
}

long sys_exit_group(int status)
{
	process_exit(WAIT_EXITED(status));
}
