/* SPDX-License-Identifier: MIT */
/*
 * task.h - what the scheduler runs: one thread of control.
 *
 * A struct task has its own number (tid), kernel stack, register frame, FPU state and signal mask,
 * and counted, opaque parts that it may share with other tasks: address space, descriptor table,
 * file-system context, signal actions, credentials.  What belongs to the thread group as a whole
 * is in struct process (task/process.h).  Today every process has one task; the interface is ready
 * for more.
 *
 * Life: created by clone (task/fork.c), made runnable, dies in task/exit.c, its memory freed when
 * the last count goes.  The kernel stack is freed by the next task after the switch.
 *
 * Locks: fields are grouped by who may change them. What stands under "scheduler.c" belongs to the
 * run queue's lock; signal fields to process->signal_lock; the counted parts are changed by the
 * task itself only, and looked at by others under process_tree_lock.
 */
#pragma once

#include "abi/signal.h"
#include "arch/arch.h"
#include "lib/assert.h"
#include "lib/list.h"
#include "lock/wait_queue.h"

struct address_space;
struct files;
struct fs_context;
struct signal_actions;
struct credentials;
struct process;
struct pid;
struct fpu_area;

#define TASK_MAGIC 0x5441534bu

/* The one work word: anything set is looked at on the way out to user mode (task/return.c). */
#define WORK_RESCHEDULE 0x01
#define WORK_SIGNAL	0x02 /* a signal may be deliverable: look */
#define WORK_RESTORE_MASK 0x08 /* saved_mask holds the mask to return to (sigsuspend, ppoll) */
#define WORK_NO_SYSRET	0x10 /* a call rewrote its own frame: leave by IRET */
#define WORK_KILLED 0x20 /* a fatal signal is pending, or exit_group has begun: with WORK_SIGNAL \
			  */

/* Signals queued for a task or a process (task/signal_queue.c). */
struct pending_signals {
	uint64_t set;	   /* bit n - 1: signal n is pending */
	struct list queue; /* struct queued_signal: siginfo, in order */
};

struct task {
	/* WORK_*; first, so that the exit path tests it cheaply. Set from any context. */
	uint32_t work;
	uint32_t magic;
	/* scheduler.c, guarded by the run queue's lock */
	uint32_t state;	   /* TASK_* of wait_queue.h */
	bool on_run_queue;
	uint64_t saved_rsp;
	void *stack_top;   /* kernel stack: registers of an entry from user mode lie just below */
	struct list run_link;
	/* nanoseconds that it may run before it goes to the end of the line */
	uint64_t slice_left;
	uint64_t switched_in;	 /* clock_monotonic() when it was last given the processor */
	uint64_t run_time;	 /* nanoseconds on the processor, up to switched_in */
	/* TSC ticks spent in user mode; since when, 0: in the kernel */
	uint64_t user_ticks, user_since;
	uint64_t voluntary_switches, involuntary_switches, minor_faults, major_faults;

	/* references to this struct: one while it lives, one as a leader */
	uint32_t count;
	int tid;
	struct pid *pid;
	struct process *process;
	struct list process_link; /* in process->tasks */
	char name[16];		 /* comm: the program's base name, NUL-terminated */

	/* counted parts, shared by clone flags; NULL once released in exit (or for kernel tasks) */
	struct address_space *space;
	struct files *files;
	struct fs_context *fs;
	struct signal_actions *actions;
	const struct credentials *credentials;

	struct fpu_area *fpu;
	uint64_t fs_base, gs_base; /* the user values: loaded at every switch to it */

	/* signals: mask and pending are guarded by process->signal_lock; mask is written only by
	 * itself */
	uint64_t signal_mask, saved_mask;
	uint64_t awaited; /* blocked, but rt_sigtimedwait is waiting for them */
	struct pending_signals pending;
	user_address alternate_stack;
	uint64_t alternate_stack_size;
	uint32_t alternate_stack_flags; /* SS_* as given */
	/* the last exception, for the frames of handlers: error code, vector, CR2 */
	uint64_t fault_error, fault_vector, fault_address;

	/* restart_syscall: how an interrupted nanosleep, poll ... goes on */
	long (*restart)(struct task *task);
	uint64_t restart_data[5];

	user_address clear_child_tid, robust_list;
	/* our parent waits until we leave its space, by exec or death */
	bool vfork_pending;
	struct wait_queue vfork_queue;	 /* there; he holds a count of us meanwhile */
	uint32_t personality;
	int exit_code;			 /* wait status (Linux's coding) once it exits */
	bool exiting;			 /* takes no more signals */
	bool no_new_rights;		 /* PR_SET_NO_NEW_PRIVS, for good: exec gives none */
	/* PR_SET_TIMERSLACK: nanoseconds, 0: Linux's 50,000; only told, as timers here are exact */
	uint64_t timer_slack, timer_slack_default;
	int parent_death_signal;	 /* prctl(PR_SET_PDEATHSIG), 0: none */
	bool allocation_faults;		 /* fault injection applies to this task */
	void *poll_table;		 /* scratch of poll/select while it sleeps */
	uint32_t trace_next;
	/* last, because a new task does not clear it: entries below trace_next (or all 16) are
	 * valid */
	/* the last system calls: number, 6 arguments, result (ring) */
	uint64_t trace[16][8];
};

static_assert(offsetof(struct task, work) == 0, "the exit path tests the first word");

/* The frame that brought this task into the kernel from user mode. */
static inline struct registers *task_registers(const struct task *task)
{
	return (struct registers *)task->stack_top - 1;
}

void tasks_init(void);	    /* the boot context becomes the idle task */
/* the idle task's: runs others; back, interrupts off, when nobody can */
void idle_work(void);

/* What a struct task costs apart from its parts: struct, kernel stack, FPU area. NULL: no memory.
 * Everything but `name`, the stack and the FPU area is zero or empty; count is 1. */
struct task *task_create(const char *name, bool user);
void task_free_unstarted(struct task *task); /* one that never ran and has no parts */

/* Nanoseconds on the processor so far, and how many of them in user mode. */
uint64_t task_run_time(const struct task *task);
uint64_t task_user_time(const struct task *task);

/* The border crossings that the split of times is made of; called by entry and exit paths.  Who
 * enters was in user mode, so user_since is set: every way out sets it. */
static inline void task_account_enter(struct task *task, uint64_t now)
{
	task->user_ticks += now - task->user_since;
	task->user_since = 0;
}
static inline void task_account_leave(struct task *task, uint64_t now)
{
	task->user_since = now;
}

/* The next task in line gets the processor; returns when this one is picked again.  Interrupts may
 * be on or off; no spinlock held. */
void schedule(void);
void task_make_runnable(struct task *task); /* a new task, once */
void task_yield(void); /* to the end of the line, with a fresh slice */
/* Between two steps of work that may be long, with no lock held: others have their turn if it is
 * due, since kernel code is not preempted.  task_sleep.c */
void task_yield_if_due(void);
void task_get(struct task *task);
void task_put(struct task *task);

/* Whether a deliverable signal is pending: ends interruptible sleeps; a fatal one also killable
 * ones.  The signal code keeps the bits exact. */
static inline bool signal_pending(const struct task *task)
{
	return task->work & WORK_SIGNAL;
}
static inline bool signal_pending_fatal(const struct task *task)
{
	return task->work & WORK_KILLED;
}

/* Sets work bits from any context and pokes the task if it runs in user mode elsewhere. */
void task_add_work(struct task *task, uint32_t bits);

/*
 * The way out to user mode when task->work != 0 (task/return.c): interrupts are off at entry and
 * exit, on in between.  Reschedules, delivers signals, decides restarts.
 */
void task_work(struct registers *registers);

/* A kernel task that runs function(argument); NULL: no memory. */
struct task *kernel_task_create(const char *name, void (*function)(void *), void *argument);

/* Ends the current task (exit_group when it is the last or `group`); code is the wait status. */
void task_exit(int wait_status) noreturn;
void process_exit(int wait_status) noreturn; /* exit_group: all tasks of the process */
