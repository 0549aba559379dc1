/* SPDX-License-Identifier: MIT */
/*
 * signal_queue.c - signals that were sent and are not delivered yet.
 *
 * A set says which numbers are pending; a list holds, in order, what each one brings along.  An
 * ordinary signal (1-31) that is pending already is not added again; real-time ones (32-64) queue
 * up.  When there is no memory, or RLIMIT_SIGPENDING is reached, the number still becomes pending
 * and only the information is lost - unless the sender asked for queueing: EAGAIN.
 *
 * Lowest number first, but what an instruction of the program has caused before everything, and the
 * task's own before those of its process.  Everything here is under process->signal_lock.
 */
#include "abi/errno.h"
#include "memory/heap.h"
#include "task/signal_queue.h"

struct queued_signal {
	struct list link;
	struct siginfo info;
};

static struct slab_cache queued_cache = SLAB_CACHE("queued_signal", struct queued_signal);

/* What the kernel or kill(2) sends (si_code >= 0) comes with its siginfo whatever a program has
 * queued; there is at most one of each number, as they do not queue up.  The limit counts what one
 * process has pending; Linux's counts all of a user (getrlimit(2)). */
static bool may_queue(const struct process *process, int signal, const struct siginfo *info)
{
	if (signal < SIGRTMIN && info->si_code >= 0)
		return true;
	return process->queued_count < process->limits[RLIMIT_SIGPENDING].rlim_cur;
}

int pending_add(struct process *process, struct pending_signals *pending, int signal,
		const struct siginfo *info)
{
	struct queued_signal *queued = NULL;

	assert(spinlock_held(&process->signal_lock));
	if (signal < SIGRTMIN && signal_is_in(signal, pending->set))
		return 0;
	if (may_queue(process, signal, info))
		queued = spare_alloc(&queued_cache);
	/* kill(2) promises no information, so only its senders do without (SI_USER). */
	if (!queued && signal >= SIGRTMIN && info->si_code != SI_USER)
		return -EAGAIN;
	if (queued) {
		queued->info = *info;
		list_add_last(&pending->queue, &queued->link);
		process->queued_count++;
	}
	debug_assert(signal_is_valid(signal) && info->si_signo == signal);
	pending->set |= SIGNAL_BIT(signal);
	return 0;
}

static void queued_free(struct process *process, struct queued_signal *queued)
{
	list_remove(&queued->link);
	debug_assert(spinlock_held(&process->signal_lock) && process->queued_count > 0);
	process->queued_count--;
	spare_free(&queued_cache, queued);
}

void pending_flush(struct process *process, struct pending_signals *pending, uint64_t set)
{
	struct queued_signal *queued, *following;

	assert(spinlock_held(&process->signal_lock));
	if (!(pending->set & set))
		return;
	list_for_each_safe(queued, following, &pending->queue, link)
		if (signal_is_in(queued->info.si_signo, set))
			queued_free(process, queued);
	pending->set &= ~set;
}

static int next_number(uint64_t set)
{
	/* The handler of a fault must run with rip at the faulting instruction, not inside of
	 * another handler that was started first. */
	if (set & SIGNALS_SYNCHRONOUS)
		set &= SIGNALS_SYNCHRONOUS;
	return set ? __builtin_ctzll(set) + 1 : 0;
}

/* Takes one `signal` out; the number stays pending when another one is queued. */
static void pending_take(struct process *process, struct pending_signals *pending, int signal,
			 struct siginfo *info)
{
	struct queued_signal *queued, *following, *found = NULL;
	bool more = false;

	list_for_each_safe(queued, following, &pending->queue, link) {
		if (queued->info.si_signo != signal)
			continue;
		more = found;
		if (found)
			break;
		found = queued;
	}
	if (!more)
		pending->set &= ~SIGNAL_BIT(signal);
	/* None: it was added without (see the head).  Linux shows zeros then, too: SI_USER from
	 * pid 0. */
	if (found) {
		*info = found->info;
		queued_free(process, found);
	} else {
		*info = (struct siginfo){ .si_signo = signal };
	}
}

int signal_dequeue(struct task *task, uint64_t mask, struct siginfo *info)
{
	struct process *process = task->process;
	struct pending_signals *pending = &task->pending;
	int signal;

	assert(spinlock_held(&process->signal_lock));
	signal = next_number(pending->set & ~mask);
	if (!signal) {
		pending = &process->shared_pending;
		signal = next_number(pending->set & ~mask);
	}
	if (signal)
		pending_take(process, pending, signal, info);
	return signal;
}

void signal_queue_exit(struct task *task)
{
	uint64_t flags = spinlock_acquire(&task->process->signal_lock);

	pending_flush(task->process, &task->pending, ~0UL);
	spinlock_release(&task->process->signal_lock, flags);
}

void process_queue_exit(struct process *process)
{
	uint64_t flags = spinlock_acquire(&process->signal_lock);

	pending_flush(process, &process->shared_pending, ~0UL);
	/* Its tasks have gone through signal_queue_exit() before. */
	assert(process->queued_count == 0);
	spinlock_release(&process->signal_lock, flags);
}
