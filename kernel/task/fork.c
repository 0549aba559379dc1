/* SPDX-License-Identifier: MIT */
/*
 * fork.c - making a task of a task: one function, a word of flags that say what parent and child
 * share, and an undo ladder.  The calls that lead here are in clone_calls.c.
 *
 * Everything that can fail happens first, on a child that nobody can see.  Then, under the
 * process-tree lock, it gets its place in the tree, and nothing can fail any more.  The child
 * starts with a copy of the parent's user registers, but with 0 as the call's result.
 *
 * vfork: the parent sleeps until the child leaves the shared space, by exec or by any death
 * (task_leave_space).  Only a fatal signal ends that sleep early; the parent therefore holds a
 * count of the child, in which the queue lies.
 *
 * Threads (CLONE_THREAD) are refused: what they need is a process with several tasks, and every
 * place that walks process->tasks is ready for that.
 *
 * Order of the undo ladder: parts are taken in the order files, fs, actions, space, the cheapest
 * to undo first; the space comes last because copying it write-protects the parent's pages.
 *
 * Locks: process_tree_lock for linking alone. The parent's own parts do not change meanwhile,
 * since it is here.
 */
#include "abi/errno.h"
#include "abi/sched.h"
#include "lib/string.h"
#include "memory/address_space.h"
#include "memory/user_copy.h"
#include "task/clone.h"
#include "task/credentials.h"
#include "task/process.h"
#include "task/signal.h"
#include "task/user.h"

#define CLONE_NAMESPACES                                                                           \
	(CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER |             \
	 CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWTIME)

/* ---- check ---- */

/* Combinations that make no sense (clone(2), EINVAL), and what there is not. */
static int flags_check(uint64_t flags)
{
	if (flags & CLONE_THREAD && !(flags & CLONE_SIGHAND))
		return -EINVAL;
	if (flags & CLONE_SIGHAND && !(flags & CLONE_VM))
		return -EINVAL;
	if (flags & CLONE_CLEAR_SIGHAND && flags & CLONE_SIGHAND)
		return -EINVAL;
	/* Its sibling would have no parent, and nobody would ever wait for it. */
	if (flags & CLONE_PARENT && current_process() == init_process)
		return -EINVAL;
	if (flags & (CLONE_NAMESPACES | CLONE_PIDFD | CLONE_INTO_CGROUP | CLONE_THREAD))
		return -EINVAL;
	return 0;
}

/* RLIMIT_NPROC is no limit for root, threads_max is one for all. */
static bool user_limit_reached(void)
{
	uint64_t limit = task_limit(RLIMIT_NPROC);

	/* The superuser is exempt by uid, others by capability (getrlimit(2), RLIMIT_NPROC). */
	if (limit == RLIM_INFINITY || current->credentials->uid == 0)
		return false;
	if (capable(CAP_SYS_RESOURCE) || capable(CAP_SYS_ADMIN))
		return false;
	return current_process()->user->processes >= limit;
}

/* ---- reserve ---- */

/* Copying write-protects the parent's pages, too; sharing only counts. */
static int space_fork(struct task *child, bool share)
{
	if (share) {
		address_space_get(current->space);
		child->space = current->space;
	} else {
		child->space = address_space_fork(current->space);
	}
	return child->space ? 0 : -ENOMEM;
}

/* Each part is shared or copied by its own flag; on an error what was taken goes back, newest
 * first. */
static int parts_fork(struct task *child, uint64_t flags)
{
	int error = files_fork(child, flags & CLONE_FILES);

	if (error)
		return error;
	error = fs_context_fork(child, flags & CLONE_FS);
	if (error)
		goto undo_files;
	error = signal_actions_fork(child, flags & CLONE_SIGHAND);
	if (error)
		goto undo_fs;
	if (flags & CLONE_CLEAR_SIGHAND)
		signal_actions_reset(child);
	error = space_fork(child, flags & CLONE_VM);
	if (error)
		goto undo_actions;
	return 0;

undo_actions:
	signal_actions_exit(child);
undo_fs:
	fs_context_exit(child);
undo_files:
	files_exit(child);
	return error;
}

/* In the child: the write to its memory may fault, so it needs interrupts and a context. */
static void child_start(void *tid_address)
{
	interrupts_enable();
	user_put((user_address)tid_address, &current->tid, sizeof(current->tid));
	interrupts_disable();
	task_return_to_user(task_registers(current));
	user_enter(task_registers(current));
}

static void child_prepare_start(struct task *child, const struct clone_request *request)
{
	struct registers *registers = task_registers(child);

	*registers = *task_registers(current);
	/* The one difference between the two returns of fork. */
	registers->rax = 0;
	if (request->stack)
		registers->rsp = request->stack;
	child->saved_rsp = context_prepare_user(child->stack_top);
	/* The write must go to the child's memory, and only the child has that loaded. */
	if (request->flags & CLONE_CHILD_SETTID)
		child->saved_rsp = context_prepare((void *)registers, child_start,
						   (void *)request->child_tid);
}

/* What is copied by value. */
static void child_inherit(struct task *child, const struct clone_request *request)
{
	const struct task *self = current;
	/* Two tasks in one memory must not use one alternate stack (sigaltstack(2)); a vfork child
	 * may, since its parent sleeps. */
	bool thread_like = (request->flags & (CLONE_VM | CLONE_VFORK)) == CLONE_VM;

	child->credentials = credentials_get(self->credentials);
	/* Pending signals are not inherited (fork(2)), nor is any other work: task_create() has
	 * left the word 0. */
	assert(child->work == 0);
	child->signal_mask = self->signal_mask;
	child->personality = self->personality;
	child->no_new_rights = self->no_new_rights;
	child->timer_slack = child->timer_slack_default = self->timer_slack;
	child->allocation_faults = self->allocation_faults;
	child->fs_base = request->flags & CLONE_SETTLS ? request->tls : self->fs_base;
	child->gs_base = self->gs_base;
	if (!thread_like) {
		child->alternate_stack = self->alternate_stack;
		child->alternate_stack_size = self->alternate_stack_size;
		child->alternate_stack_flags = self->alternate_stack_flags;
	}
	if (request->flags & CLONE_CHILD_CLEARTID)
		child->clear_child_tid = request->child_tid;
	child->vfork_pending = request->flags & CLONE_VFORK;
	/* The parent's registers may be newer than its area: save the live ones into the
	 * child's. */
	fpu_save_fresh(child->fpu);
}

/* What fork(2) copies; all else is a fresh process's: no pending signals, times of 0, no
 * children. */
static struct process *process_fork(struct pid *pid, int exit_signal)
{
	const struct process *self = current_process();
	struct process *process = process_create(pid);

	if (!process)
		return NULL;
	memcpy(process->limits, self->limits, sizeof(process->limits));
	if (process->limits[RLIMIT_CPU].rlim_cur != RLIM_INFINITY)
		cpu_limit_changed(process);
	process->nice = self->nice;
	process->oom_score_adj = self->oom_score_adj;
	process->oom_score_adj_min = self->oom_score_adj_min;
	process->exit_signal = exit_signal;
	process->user = self->user;
	return process;
}

/* ---- commit ---- */

/* Under one hold of the lock, so that a signal to the group or a walk over the tree finds the whole
 * child or none. */
static void child_link(struct task *child, struct process *process, uint64_t flags)
{
	struct process *self = current_process();
	uint64_t interrupts = spinlock_acquire(&process_tree_lock);

	debug_assert(self->state == PROCESS_ALIVE && child->space);
	process_add_task(process, child, process->pid);
	process->terminal = self->terminal;
	if (flags & CLONE_PARENT) {
		process->exit_signal = self->exit_signal;
		process_link(process, self->parent, self->group, self->session);
	} else {
		process_link(process, self, self->group, self->session);
	}
	spinlock_release(&process_tree_lock, interrupts);
}

/* The child's number, and the child with a count for vfork's wait; or -errno. */
static long child_create(const struct clone_request *request, struct task **created)
{
	struct process *process;
	struct task *child;
	struct pid *pid;
	long result = pid_create(&pid);

	if (result)
		return result;
	result = -ENOMEM;
	process = process_fork(pid, request->exit_signal);
	if (!process)
		goto undo_pid;
	child = task_create(current->name, true);
	if (!child)
		goto undo_process;
	result = parts_fork(child, request->flags);
	if (result)
		goto undo_task;
	/* cannot fail from here */
	child_inherit(child, request);
	child_prepare_start(child, request);
	child_link(child, process, request->flags);
	/* It may run, end and be reaped before the parent looks at it again. */
	task_get(child);
	*created = child;
	result = pid->number;
	pid_put(pid); /* process, task, and perhaps groups hold it */
	return result;

undo_task:
	task_free_unstarted(child);
undo_process:
	process_put(process);
undo_pid:
	pid_put(pid);
	return result;
}

/* The child says so in task_leave_space(), and wakes.  Killable: a child that never execs must not
 * make its parent immortal. */
static void vfork_wait(struct task *child)
{
	wait_event_killable(&child->vfork_queue, !read_once(child->vfork_pending));
}

long task_clone(const struct clone_request *request)
{
	struct task *child = NULL;
	long result = flags_check(request->flags);

	if (result)
		return result;
	if (signal_pending(current))
		/* what a group is told reaches parent *and* child, or neither */
		return -ERESTARTNOINTR;
	if (user_limit_reached() || threads_count() >= threads_max)
		return -EAGAIN;
	/* Loading an address that is not canonical would fault in the kernel (WRMSR: #GP); like
	 * Linux, this refuses all that is not a program's, after all else. */
	if (request->flags & CLONE_SETTLS && request->tls >= USER_END)
		return -EPERM;
	result = child_create(request, &child);
	if (result < 0)
		return result;
	/* Before the child can run, so that it finds the number in shared memory (clone(2)). */
	if (request->flags & CLONE_PARENT_SETTID)
		user_put(request->parent_tid, &child->tid, sizeof(child->tid));
	/* The parent goes on; the child comes to the front of the line when this one sleeps. */
	task_make_runnable(child);
	if (request->flags & CLONE_VFORK)
		vfork_wait(child);
	task_put(child);
	return result;
}
