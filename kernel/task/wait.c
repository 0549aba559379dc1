/* SPDX-License-Identifier: MIT */
/*
 * wait.c - wait4(2) and waitid(2): a parent learns what became of its children.
 *
 * A wait is a selection (which children), a set of events (ended, stopped, continued) and a place
 * for the answer.  The waiter registers at its process's child_event *before* it looks, so that a
 * child that ends in between is not missed; each look walks the children once, under the
 * process-tree lock.  Without any child that could ever fit: ECHILD.
 *
 * Reaping takes the zombie out of the tree under the same lock that found it, so that two waiters
 * cannot both have it.
 *
 * Errors: ECHILD, EINVAL (options, type, id), EINTR by ERESTARTSYS, EFAULT - when the answer
 * cannot be written the child is reaped all the same, as on Linux. ESRCH for wait4(INT_MIN) is
 * Linux's.
 *
 * A stopped or continued child is reported once per event, unless WNOWAIT leaves it for another.
 */
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "abi/wait.h"
#include "memory/user_copy.h"
#include "task/credentials.h"
#include "task/process.h"
#include "task/rusage.h"
#include "task/signal.h"

struct wait_request {
	int type, id; /* P_ALL, P_PID, P_PGID */
	unsigned options;
	/* the answer */
	int pid, code, status; /* si_status: exit code or signal */
	int word;	       /* wait4's status word */
	uint32_t uid;
	struct rusage_sums usage;
	struct process *reaped; /* out of the tree, to be put when the lock is released */
	struct task *reaped_leader;
};

/* ---- which children ---- */

static bool is_selected(const struct wait_request *request, const struct process *child)
{
	if (request->type == P_PGID && child->group->number != request->id)
		return false;
	if (request->options & __WALL)
		return true;
	/* a "clone child" is one that ends with another signal than SIGCHLD */
	return (child->exit_signal != SIGCHLD) == !!(request->options & __WCLONE);
}

static void answer(struct wait_request *request, const struct process *child, int code, int status,
		   int word)
{
	request->pid = child->pid->number;
	request->uid = child->leader->credentials->uid;
	request->code = code;
	request->status = status;
	request->word = word;
}

/* ---- what happened to one child; each answers whether it did ---- */

static void zombie_reap(struct wait_request *request, struct process *child)
{
	/* Only children that were waited for count, with their own waited-for ones:
	 * getrusage(2). */
	rusage_sums_add(&current_process()->children_sums, &request->usage);
	request->reaped = child;
	request->reaped_leader = process_unlink(child);
}

static bool wait_ended(struct wait_request *request, struct process *child)
{
	int word = child->wait_status;

	if (child->state != PROCESS_ZOMBIE || !(request->options & WEXITED))
		return false;
	if (WAIT_IS_EXIT(word))
		answer(request, child, CLD_EXITED, WAIT_CODE(word), word);
	else
		answer(request, child, word & WAIT_CORE ? CLD_DUMPED : CLD_KILLED,
		       WAIT_SIGNAL(word), word);
	process_times(child, &request->usage);
	rusage_sums_add(&request->usage, &child->children_sums);
	if (!(request->options & WNOWAIT))
		zombie_reap(request, child);
	return true;
}

static bool wait_stopped(struct wait_request *request, struct process *child)
{
	int signal = child->stop_signal;

	if (!(request->options & WSTOPPED) || !signal)
		return false;
	answer(request, child, CLD_STOPPED, signal, WAIT_STOPPED(signal));
	process_times(child, &request->usage);
	if (!(request->options & WNOWAIT))
		child->stop_signal = 0;
	return true;
}

static bool wait_continued(struct wait_request *request, struct process *child)
{
	if (!(request->options & WCONTINUED) || !child->continued_unreported)
		return false;
	answer(request, child, CLD_CONTINUED, SIGCONT, WAIT_CONTINUED);
	process_times(child, &request->usage);
	if (!(request->options & WNOWAIT))
		child->continued_unreported = false;
	return true;
}

static inline bool has_news(struct wait_request *request, struct process *child)
{
	/* Most have none; so many are passed over quickly. */
	if (child->state == PROCESS_ALIVE && !child->stop_signal && !child->continued_unreported)
		return false;
	return wait_ended(request, child) || wait_stopped(request, child) ||
	       wait_continued(request, child);
}

/* Oldest first: which of several zombies is found first is the order of birth, as on Linux.  A
 * zombie that has no news has none to come: who does not want its end need not wait for it. */
static int children_look(struct wait_request *request)
{
	struct process *child;
	int result = -ECHILD;

	list_for_each(child, &current_process()->children, sibling) {
		if (!is_selected(request, child))
			continue;
		if (has_news(request, child))
			return 1;
		if (child->state == PROCESS_ALIVE)
			result = 0;
	}
	return result;
}

/* By its number: who waits for one child pays nothing for the others. */
static int numbered_look(struct wait_request *request)
{
	struct pid *pid = pid_find(request->id);
	struct process *child = pid ? pid->process : NULL;

	if (!child || child->parent != current_process() || !is_selected(request, child))
		return -ECHILD;
	if (has_news(request, child))
		return 1;
	return child->state == PROCESS_ALIVE ? 0 : -ECHILD;
}

/* One look: 1 and the answer; 0 when it may still come; -ECHILD when it cannot. */
static int wait_look(struct wait_request *request)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock);
	int result = request->type == P_PID ? numbered_look(request) : children_look(request);

	spinlock_release(&process_tree_lock, flags);
	/* Outside of the lock: the last puts free memory and perhaps the number. */
	if (request->reaped) {
		task_put(request->reaped_leader);
		process_put(request->reaped);
	}
	return result;
}

/* The child's number; 0 for WNOHANG and nothing yet; -ECHILD, -ERESTARTSYS. */
static long wait_for_child(struct wait_request *request)
{
	struct wait_queue *queue = &current_process()->child_event;
	struct waiter waiter;
	int result;

	waiter_init(&waiter);
	wait_queue_add(queue, &waiter);
	for (;;) {
		task_set_sleeping(TASK_INTERRUPTIBLE);
		result = wait_look(request);
		if (result != 0 || request->options & WNOHANG)
			break;
		result = task_sleep();
		if (result)
			break;
	}
	/* Also after a `break` that did not sleep: the state was set before the look. */
	task_set_running();
	wait_queue_remove(&waiter);
	return result == 1 ? request->pid : result;
}

/* ---- the calls ---- */

#define WAIT4_OPTIONS (WNOHANG | WUNTRACED | WCONTINUED | __WNOTHREAD | __WCLONE | __WALL)
#define WAITID_EVENTS (WEXITED | WSTOPPED | WCONTINUED)
#define WAITID_OPTIONS (WNOHANG | WNOWAIT | WAITID_EVENTS | __WNOTHREAD | __WCLONE | __WALL)

static int own_group(void)
{
	return current_process()->group->number;
}

long sys_wait4(int pid, user_address status, int options, user_address usage)
{
	struct wait_request request = { .options = (unsigned)options | WEXITED };
	struct rusage rusage;
	long result;

	if ((unsigned)options & ~WAIT4_OPTIONS)
		return -EINVAL;
	if (pid == INT32_MIN)
		return -ESRCH;
	request.type = pid == -1 ? P_ALL : pid > 0 ? P_PID : P_PGID;
	request.id = pid > 0 ? pid : pid == 0 ? own_group() : -pid;
	result = wait_for_child(&request);
	if (result > 0 && status && user_put_number(status, &request.word, sizeof(request.word)))
		return -EFAULT;
	if (result > 0 && usage) {
		rusage_fill(&rusage, &request.usage);
		if (user_put(usage, &rusage, sizeof(rusage)))
			return -EFAULT;
	}
	return result;
}

static int waitid_request(struct wait_request *request, int type, int id)
{
	if (request->options & ~WAITID_OPTIONS || !(request->options & WAITID_EVENTS))
		return -EINVAL;
	switch (type) {
	case P_ALL:
		return 0;
	case P_PID:
		return id > 0 ? 0 : -EINVAL;
	case P_PGID:
		if (id == 0)
			request->id = own_group();
		return id >= 0 ? 0 : -EINVAL;
	case P_PIDFD:
		return id < 0 ? -EINVAL : -EBADF; /* nothing here is one */
	default:
		return -EINVAL;
	}
}

/* Linux writes these fields one by one, and no others, even when the wait failed. */
static int waitid_info_put(user_address to, const struct siginfo *info)
{
	static const uint8_t fields[] = {
		offsetof(struct siginfo, si_signo), offsetof(struct siginfo, si_errno),
		offsetof(struct siginfo, si_code),  offsetof(struct siginfo, __si_pid),
		offsetof(struct siginfo, __si_uid), offsetof(struct siginfo, si_status),
	};

	for (size_t i = 0; i < array_size(fields); i++) {
		const void *field = (const char *)info + fields[i];

		if (user_put_number(to + fields[i], field, sizeof(int32_t)))
			return -EFAULT;
	}
	return 0;
}

long sys_waitid(int type, int id, user_address info, int options, user_address usage)
{
	struct wait_request request = { .type = type, .id = id, .options = (unsigned)options };
	struct siginfo siginfo = { 0 };
	struct rusage rusage;
	long result;

	result = waitid_request(&request, type, id);
	if (!result)
		result = wait_for_child(&request);
	if (result > 0) {
		siginfo.si_signo = SIGCHLD;
		siginfo.si_code = request.code;
		siginfo.__si_pid = request.pid;
		siginfo.__si_uid = request.uid;
		siginfo.si_status = request.status;
		result = 0;
		rusage_fill(&rusage, &request.usage);
		if (usage && user_put(usage, &rusage, sizeof(rusage)))
			return -EFAULT;
	}
	if (info && waitid_info_put(info, &siginfo))
		return -EFAULT;
	return result;
}
