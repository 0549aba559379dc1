/* SPDX-License-Identifier: MIT */
/*
 * fault_kills.c - faults of user programs before there are signals: each does what the signal's
 * default action would, it ends the program with that signal in its status.  Chapter 11 replaces it.
 */
#include "abi/wait.h"
#include "task/process.h"
#include "task/return.h"
#include "task/signal.h"
#include "task/user_fault.h"

bool signal_is_handled(int signal)
{
	return false;
}

/* Comes back, as the real one does, so that its caller can give back what it holds. */
void signal_force_kill(int signal)
{
	current->exit_code = WAIT_KILLED(signal);
	task_add_work(current, WORK_SIGNAL);
}

void signals_deliver(struct registers *registers)
{
	process_exit(current->exit_code);
}

void signal_force_fault(const struct registers *registers, int signal, int code, uint64_t address)
{
	process_exit(WAIT_KILLED(signal));
}
