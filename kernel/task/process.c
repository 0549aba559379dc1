/* SPDX-License-Identifier: MIT */
/*
 * process.c - the tree of processes: making, linking, finding and forgetting them.
 *
 * Counts: the tree holds one count of a process from process_link() until it is reaped
 * (process_unlink); each of its tasks holds one until the task is freed; look-ups take one.
 *
 * The life of a zombie: process_become_zombie() (exit.c) sets the state, wait (wait.c) or a parent
 * that does not care (exit.c) calls process_unlink(), and then the caller puts what it returns,
 * because freeing must not happen inside of the tree's own walk.
 *
 * Locks: process_tree_lock for all links; counts are atomic. Lists: all_processes in order of age,
 * which is what /proc's readdir and kill(-1) walk.
 */
#include "task/process.h"
#include "memory/frame_allocator.h"
#include "memory/heap.h"
#include "lib/string.h"
#include "task/user.h"

/* Threads may at most take an eighth of memory with their kernel stacks alone, as on Linux. */
#define THREAD_SHARE (8 * KERNEL_STACK_SIZE)
#define THREADS_LEAST 20

struct spinlock process_tree_lock;
struct list all_processes = LIST_INIT(all_processes);
struct process *init_process;
uint64_t forks_total; /* guarded by process_tree_lock */

static struct slab_cache process_cache = SLAB_CACHE("process", struct process);
static uint32_t process_total; /* linked, zombies included; guarded by process_tree_lock */
static uint32_t thread_total;  /* of all of them; likewise */
uint32_t threads_max = THREADS_LEAST;

#define SAME(value) { (value), (value) }

/* ---- limits: pid 1 starts with these, everybody else with his parent's (calls: limits.c) ---- */

void limits_init(struct rlimit limits[RLIM_NLIMITS])
{
	static const struct rlimit defaults[RLIM_NLIMITS] = {
		[RLIMIT_CPU] = SAME(RLIM_INFINITY),
		[RLIMIT_FSIZE] = SAME(RLIM_INFINITY),
		[RLIMIT_DATA] = SAME(RLIM_INFINITY),
		[RLIMIT_STACK] = { 8 << 20, RLIM_INFINITY },
		[RLIMIT_CORE] = { 0, RLIM_INFINITY },
		[RLIMIT_RSS] = SAME(RLIM_INFINITY),
		[RLIMIT_NOFILE] = { 1024, 4096 },
		[RLIMIT_MEMLOCK] = SAME(8 << 20),
		[RLIMIT_AS] = SAME(RLIM_INFINITY),
		[RLIMIT_LOCKS] = SAME(RLIM_INFINITY),
		[RLIMIT_MSGQUEUE] = SAME(819200),
		[RLIMIT_NICE] = SAME(0),
		[RLIMIT_RTPRIO] = SAME(0),
		[RLIMIT_RTTIME] = SAME(RLIM_INFINITY),
	};
	struct rlimit half = SAME(threads_max / 2);
	unsigned i;

	for (i = 0; i < RLIM_NLIMITS; i++)
		limits[i] = defaults[i];
	limits[RLIMIT_NPROC] = limits[RLIMIT_SIGPENDING] = half;
}

/* Called once, when memory is counted.  At least 20, or nothing could be started in a very small
 * machine. */
void threads_max_init(void)
{
	struct frame_statistics frames;

	frame_statistics_get(&frames);
	threads_max = min(frames.total * PAGE_SIZE / THREAD_SHARE, (uint64_t)THREADS_CEILING);
	threads_max = max(threads_max, (uint32_t)THREADS_LEAST);
}

/* The soft limit.  One word, written whole: no lock. */
uint64_t task_limit(unsigned resource)
{
	assert(resource < RLIM_NLIMITS);
	return current_process()->limits[resource].rlim_cur;
}

/* Alive, but in no tree: nobody can find it, and process_put() alone undoes this. */
struct process *process_create(struct pid *pid)
{
	struct process *process = slab_alloc_zeroed(&process_cache);

	if (!process)
		return NULL;
	assert(!pid->process);
	process->count = 1;
	process->pid = pid;
	process->start_time = clock_monotonic();
	process->nice = 20;
	process->user = &root_user;
	list_init(&process->children);
	list_init(&process->sibling);
	list_init(&process->all_link);
	list_init(&process->group_link);
	list_init(&process->session_link);
	list_init(&process->tasks);
	list_init(&process->shared_pending.queue);
	wait_queue_init(&process->child_event);
	pid_get(pid);
	return process;
}

void process_get(struct process *process)
{
	assert(process->count > 0);
	__atomic_add_fetch(&process->count, 1, __ATOMIC_RELAXED);
}

void process_put(struct process *process)
{
	assert(process->count > 0);
	if (__atomic_sub_fetch(&process->count, 1, __ATOMIC_ACQ_REL) > 0)
		return;
	assert(process->task_count == 0 && list_is_empty(&process->children));
	assert(!process->group && !process->session && list_is_empty(&process->all_link));
	pid_put(process->pid);
	slab_free(&process_cache, process);
}

void process_set_group(struct process *process, struct pid *group)
{
	struct pid *old = process->group;

	debug_assert(spinlock_held(&process_tree_lock));
	/* Get before put, and remove before add: the group may be the one that it is in. */
	pid_get(group);
	list_remove(&process->group_link);
	list_add_last(&group->group, &process->group_link);
	process->group = group;
	pid_put(old);
}

/* The same for the session, whose number is its leader's. */
void process_set_session(struct process *process, struct pid *session)
{
	struct pid *old = process->session;

	debug_assert(spinlock_held(&process_tree_lock));
	pid_get(session);
	list_remove(&process->session_link);
	list_add_last(&session->session, &process->session_link);
	process->session = session;
	pid_put(old);
}

/* The first task is the leader, whose count the process keeps until it is reaped: wait(2) asks it
 * for times after its death. */
void process_add_task(struct process *process, struct task *task, struct pid *pid)
{
	debug_assert(spinlock_held(&process_tree_lock));
	process_get(process);
	pid_get(pid);
	forks_total++;
	task->process = process;
	task->pid = pid;
	task->tid = pid->number;
	pid->task = task;
	debug_assert(!task->process_link.next || list_is_empty(&task->process_link));
	list_add_last(&process->tasks, &task->process_link);
	process->task_count++;
	thread_total++;
	process->live_tasks++;
	if (!process->leader) {
		task_get(task);
		process->leader = task;
	}
}

void process_link(struct process *process, struct process *parent, struct pid *group,
		  struct pid *session)
{
	/* From here on others can find it: by number, as a child, in its group. */
	assert(spinlock_held(&process_tree_lock) && process->state == PROCESS_ALIVE);
	debug_assert(!process->pid->process && list_is_empty(&process->sibling));
	process->parent = parent;
	process->pid->process = process;
	if (parent)
		list_add_last(&parent->children, &process->sibling);
	list_add_last(&all_processes, &process->all_link);
	process_set_group(process, group);
	process_set_session(process, session);
	user_join(process->user);
	process_total++;
}

/* The zombie's number may now be reused once nobody else holds it. */
static void process_forget_leader(struct process *process)
{
	struct task *leader = process->leader;

	assert(leader->pid->task == leader && process->task_count == 1 && thread_total > 0);
	list_remove(&leader->process_link);
	leader->pid->task = NULL;
	pid_put(leader->pid);
	leader->pid = NULL;
	process->task_count--;
	thread_total--;
	process->leader = NULL;
}

struct task *process_unlink(struct process *process)
{
	struct task *leader = process->leader;

	assert(spinlock_held(&process_tree_lock) && process->state == PROCESS_ZOMBIE);
	debug_assert(list_is_empty(&process->children) && leader && process->live_tasks == 0);
	process->state = PROCESS_DEAD;
	process->pid->process = NULL;
	list_remove(&process->sibling);
	list_remove(&process->all_link);
	list_remove(&process->group_link);
	list_remove(&process->session_link);
	pid_put(process->group);
	pid_put(process->session);
	process->group = process->session = NULL;
	process->parent = NULL;
	process_forget_leader(process);
	assert(process_total > 0);
	user_leave(process->user);
	process_total--;
	return leader;
}

/* By the number of a process, not of a thread; with a count, since it may be reaped at once.
 * Zombies are found: kill(2) succeeds on them. */
struct process *process_find(int pid)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock);
	struct pid *found = pid_find(pid);
	struct process *process = found ? found->process : NULL;

	if (process)
		process_get(process);
	spinlock_release(&process_tree_lock, flags);
	return process;
}

struct task *task_find(int tid)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock);
	struct pid *found = pid_find(tid);
	struct task *task = found ? found->task : NULL;

	if (task)
		task_get(task);
	spinlock_release(&process_tree_lock, flags);
	return task;
}

uint32_t processes_count(void)
{
	return process_total;
}

uint32_t threads_count(void)
{
	return thread_total;
}

/* ---- times ---- */

/* Of the living: their times are still in the task.  System time is what is left of the run
 * time. */
static void sums_add_task(struct rusage_sums *sums, const struct task *task)
{
	uint64_t user = task_user_time(task);

	sums->user_time += user;
	sums->system_time += task_run_time(task) - user;
	sums->minor_faults += task->minor_faults;
	sums->major_faults += task->major_faults;
	sums->voluntary_switches += task->voluntary_switches;
	sums->involuntary_switches += task->involuntary_switches;
}

void rusage_sums_add(struct rusage_sums *sums, const struct rusage_sums *more)
{
	sums->user_time += more->user_time;
	sums->system_time += more->system_time;
	sums->minor_faults += more->minor_faults;
	sums->major_faults += more->major_faults;
	sums->voluntary_switches += more->voluntary_switches;
	sums->involuntary_switches += more->involuntary_switches;
	/* Not a sum: getrusage(2) wants the largest child, not all of them together. */
	sums->peak_resident = max(sums->peak_resident, more->peak_resident);
}

/* The dead threads' sums and the living ones together: getrusage(2), RUSAGE_SELF. */
void process_times(struct process *process, struct rusage_sums *sums)
{
	struct task *task;

	debug_assert(spinlock_held(&process_tree_lock));
	*sums = process->own_dead;
	list_for_each(task, &process->tasks, process_link)
		sums_add_task(sums, task);
}
