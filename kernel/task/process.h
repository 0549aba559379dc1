/* SPDX-License-Identifier: MIT */
/*
 * process.h - Linux's thread group: the tree of processes, what a parent waits for, limits, times.
 *
 * Invariants: every process but the first has a parent; an orphan's parent becomes init (pid 1) or
 * a subreaper; a zombie has released everything but its number, status and times, and stays until
 * its parent waits for it or ignores SIGCHLD.
 *
 * Locks: process_tree_lock (spin) guards parent/children/sibling, state, group and session, and the
 * pid lists; signal_lock guards signals (order: process_tree_lock > signal_lock > run queue).
 *
 * Reading without process_tree_lock is right for one's own process (nobody else changes current's
 * group but a parent's setpgid, which is why group and session are read under the lock), for `pid`
 * (constant) and for `limits` word by word.
 */
#pragma once

#include "abi/resource.h"
#include "task/pid.h"
#include "task/task.h"

struct tty;
struct user;
struct real_timer;

enum process_state { PROCESS_ALIVE, PROCESS_ZOMBIE, PROCESS_DEAD };

struct rusage_sums { /* of waited-for children; nanoseconds and counts */
	uint64_t user_time, system_time, minor_faults, major_faults;
	uint64_t voluntary_switches, involuntary_switches, peak_resident;
};

struct cpu_clock_timer {
	uint64_t deadline; /* nanoseconds of its clock; 0: not set */
	uint64_t interval; /* 0: once */
};

struct cpu_timers { /* what processor time sets off (cpu_timers.c); interrupts off */
	bool active;   /* something is set, here or by RLIMIT_CPU */
	uint64_t left; /* nanoseconds that the process may still run until it is looked at */
	struct cpu_clock_timer user, total; /* ITIMER_VIRTUAL, ITIMER_PROF */
};

struct process {
	uint32_t count;
	struct pid *pid;
	/* guarded by process_tree_lock */
	enum process_state state;
	struct process *parent;
	struct list children, sibling;
	struct list all_link;	      /* every process, oldest first: /proc */
	struct pid *group, *session;
	struct list group_link, session_link;
	struct list tasks;
	uint32_t task_count, live_tasks;
	struct task *leader;
	struct user *user;	      /* whom RLIMIT_NPROC counts it for (task/user.h) */
	struct tty *terminal;	      /* the controlling one; leader's session shares it */
	struct pid *old_foreground;   /* counted; in front when a hang-up came */
	bool session_leader, has_execed, is_subreaper;
	int wait_status;	      /* Linux's coding, once PROCESS_ZOMBIE */
	/* exit_group, or a fatal signal: every task ends with wait_status */
	bool exiting;
	bool unkillable;	      /* pid 1: only handled signals reach it, until it faults */
	int stop_signal;	      /* != 0: stopped by it and not yet reported (WUNTRACED) */
	bool stopped, continued_unreported;
	int exit_signal;	      /* what the parent gets: SIGCHLD, or 0 */
	struct wait_queue child_event; /* our wait4 sleeps here */

	struct spinlock signal_lock;
	struct pending_signals shared_pending; /* guarded by signal_lock, like the next three */
	uint32_t queued_count;	      /* signals queued here and at our tasks */
	/* a stop signal was taken: stop, unless SIGCONT comes first */
	int stop_wanted;
	bool continued_unannounced;   /* SIGCONT came: our parent is to be told by us */

	struct rlimit limits[RLIM_NLIMITS]; /* replaced under signal_lock */
	uint64_t start_time;	      /* clock_monotonic() at fork */
	struct rusage_sums own_dead, children_sums; /* ended tasks' sums; waited children's */
	struct real_timer *real_timer; /* alarm, ITIMER_REAL; NULL: never set (interval_timer.c) */
	struct cpu_timers cpu_timers;
	uint8_t nice;		      /* 20 - nice, as getpriority returns */
	/* task/out_of_memory.c: what is added to its badness, -1000 to 1000; how far it may go */
	int16_t oom_score_adj, oom_score_adj_min;
};

extern struct spinlock process_tree_lock;
extern struct list all_processes; /* by all_link, under process_tree_lock */
extern struct process *init_process;

/* A process without tasks, parent or group, count 1 (the tree's). Counts `pid`. NULL: no memory. */
struct process *process_create(struct pid *pid);
/* These four under process_tree_lock. */
void process_link(struct process *process, struct process *parent, struct pid *group,
		  struct pid *session);
void process_add_task(struct process *process, struct task *task, struct pid *pid);
void process_set_group(struct process *process, struct pid *group);
void process_set_session(struct process *process, struct pid *session);
/* A reaped zombie leaves the tree.  The caller then puts the returned leader and the process. */
struct task *process_unlink(struct process *process);
void process_get(struct process *process);
void process_put(struct process *process);
struct process *process_find(int pid); /* with a count, or NULL; zombies included */
struct task *task_find(int tid);       /* with a count, or NULL */
extern uint64_t forks_total;	       /* processes and threads made since boot */
uint32_t processes_count(void);	       /* zombies included */
uint32_t threads_count(void);	       /* theirs, likewise */
/* /proc/sys/kernel/threads-max: with so many threads fork is EAGAIN, for everybody. */
#define THREADS_CEILING 0x3fffffff
extern uint32_t threads_max;
void threads_max_init(void); /* from the size of memory; before pid 1 */

/* task/out_of_memory.c: /proc/PID/oom_score: 0 to 2000, 0: never chosen. */
#define OOM_SCORE_ADJ_MIN (-1000)
#define OOM_SCORE_ADJ_MAX 1000
uint64_t oom_score(const struct process *process);

static inline struct process *current_process(void)
{
	return current->process;
}

/* The soft limit `resource` (RLIMIT_*) of the current process. */
uint64_t task_limit(unsigned resource);
void limits_init(struct rlimit limits[RLIM_NLIMITS]); /* pid 1's */

/*
 * Creates pid 1 as a copy of nothing: a task whose space, files and context are empty, running
 * `function` in kernel mode (it opens the console and execs).  task/init.c.
 */
struct process *init_process_create(void (*function)(void *));

void init_start(void); /* kmain's step: process 1, made runnable, runs init_program() */
/* Upward step: loader/.  In process 1, in kernel mode: opens the console, loads the program that
 * the command line names, enters it. */
void init_program(void *unused);

/* Sums of times over live and dead tasks; peak_resident only of dead ones. Under
 * process_tree_lock. */
void process_times(struct process *process, struct rusage_sums *sums);
void rusage_sums_add(struct rusage_sums *sums, const struct rusage_sums *more);

/* ---- fork's, exit's and exec's steps on parts above task/ (one name per part) ----
 * fork: share == CLONE_* bit set: count it; else copy. 0 or -errno. Called in this order, undone in
 * reverse. */
int files_fork(struct task *child, bool share);	     /* fs/descriptor_share.c */
int fs_context_fork(struct task *child, bool share); /* fs/fs_context.c */
void files_exit(struct task *task);
void fs_context_exit(struct task *task);
/* exec and exit, before the task leaves its address space: clears *clear_child_tid where others
 * still share the space, and lets a vfork parent go on. */
void task_leave_space(struct task *task); /* task/exit.c */
int signal_actions_fork(struct task *child, bool share); /* task/signal_actions.c */
void signal_actions_exit(struct task *task);
/* every handler becomes the default (CLONE_CLEAR_SIGHAND) */
void signal_actions_reset(struct task *task);
/* task/signal_queue.c: drops what is pending at it */
void signal_queue_exit(struct task *task);
void process_queue_exit(struct process *process); /* and at its process */
/* task/futex.c: wakes who waits for the word at `address` of the current space. */
void futex_wake_address(user_address address);
/* task/signal_child.c: `child` ended: `signal` for its parent.  Under process_tree_lock.  Result:
 * the parent wants no zombies (SIG_IGN or SA_NOCLDWAIT for SIGCHLD). */
bool signal_parent(struct process *child, int signal, int code, int status);
/* task/signal_calls.c: the current process, the parent of `child`, ends: what `child` has asked for
 * then (PR_SET_PDEATHSIG).  Under process_tree_lock. */
void signal_parent_death(struct process *child);
/* task/job_control.c, under process_tree_lock: `process` leaves the family of `parent` (NULL: it
 * ends): has its group become an orphan with stopped members? */
void group_check_orphaned(struct process *process, struct process *parent);
void process_timers_exit(struct process *process); /* task/interval_timer.c */
void sleepers_look_again(void); /* task/sleep.c: the real time was set */
/* task/cpu_timers.c: RLIMIT_CPU is another, or is there at all; in the timer interrupt, the current
 * process has run for as long as its cpu_timers.left said. */
void cpu_limit_changed(struct process *process);
void cpu_timers_look(struct process *process);
/* What pid 1's end means; there is nothing to go back to (drivers/init_died.c). */
void init_died(int wait_status) noreturn;
/* drivers/tty.c: a session leader ends: hang up */
void terminal_exit(struct process *process);
