/* SPDX-License-Identifier: MIT */
/*
 * signal_queue.h - what the signal files of task/ share: sets of signals by what they do by
 * default, and the pending ones.
 */
#pragma once

#include "task/signal.h"

#define SIGNALS_KERNEL_ONLY (SIGNAL_BIT(SIGKILL) | SIGNAL_BIT(SIGSTOP)) /* no action of one's own */
#define SIGNALS_STOP                                                                               \
	(SIGNAL_BIT(SIGSTOP) | SIGNAL_BIT(SIGTSTP) | SIGNAL_BIT(SIGTTIN) | SIGNAL_BIT(SIGTTOU))
#define SIGNALS_IGNORED /* by default */                                                           \
	(SIGNAL_BIT(SIGCONT) | SIGNAL_BIT(SIGCHLD) | SIGNAL_BIT(SIGWINCH) | SIGNAL_BIT(SIGURG))
/* Those whose default action is a core file (signal(7)), though none is written here. */
#define SIGNALS_CORE                                                                               \
	(SIGNAL_BIT(SIGQUIT) | SIGNAL_BIT(SIGILL) | SIGNAL_BIT(SIGTRAP) | SIGNAL_BIT(SIGABRT) |    \
	 SIGNAL_BIT(SIGFPE) | SIGNAL_BIT(SIGSEGV) | SIGNAL_BIT(SIGBUS) | SIGNAL_BIT(SIGSYS) |      \
	 SIGNAL_BIT(SIGXCPU) | SIGNAL_BIT(SIGXFSZ))
/* What the program's own instruction causes: delivered before all others, while rip is at it. */
#define SIGNALS_SYNCHRONOUS                                                                        \
	(SIGNAL_BIT(SIGSEGV) | SIGNAL_BIT(SIGBUS) | SIGNAL_BIT(SIGILL) | SIGNAL_BIT(SIGTRAP) |     \
	 SIGNAL_BIT(SIGFPE) | SIGNAL_BIT(SIGSYS))

static inline bool signal_is_valid(int signal)
{
	return signal >= 1 && signal <= SIGNAL_COUNT;
}

static inline bool signal_is_in(int signal, uint64_t set)
{
	return set & SIGNAL_BIT(signal);
}

/* These under process->signal_lock. */

/* 0; -EAGAIN: a real-time signal with information did not fit. `info` is never NULL. */
int pending_add(struct process *process, struct pending_signals *pending, int signal,
		const struct siginfo *info);
/* Drops all signals of `set`. */
void pending_flush(struct process *process, struct pending_signals *pending, uint64_t set);
/* Takes the next signal that is not in `mask`: its number, 0: none. The task's own come first. */
int signal_dequeue(struct task *task, uint64_t mask, struct siginfo *info);

/* The action for a signal, copied; a process that has lost its actions ignores everything. */
void signal_action_get(const struct task *task, int signal, struct kernel_sigaction *action);
/* Its handler alone, as senders ask for it: one word, so without the lock. */
static inline uint64_t signal_handler_of(const struct task *task, int signal)
{
	const struct signal_actions *actions = task->actions;

	assert(signal_is_valid(signal));
	return actions ? read_once(actions->action[signal - 1].sa_handler) : SIG_IGN;
}
/* Whether handler and kind of signal mean that nothing happens. */
static inline bool signal_handler_ignores(uint64_t handler, int signal)
{
	return handler == SIG_IGN ||
	       (handler == SIG_DFL && signal_is_in(signal, SIGNALS_IGNORED));
}
