/* SPDX-License-Identifier: MIT */
/*
 * later.c - weak stand-ins for the steps that chapter 7 calls and a later chapter supplies.
 *
 * Each is one line of one of three kinds: succeed with nothing to do, refuse with an errno, or
 * panic("not yet").  The complete kernel links none of them.  `holes` beside this file lists
 * those that this chapter's kernel still uses.
 */
#include "task/process.h"
#include "task/signal.h"

/* ---- what fork and exit ask of parts that there are not ---- */
weak void files_exit(struct task *task) {}
weak void fs_context_exit(struct task *task) {}
weak void terminal_exit(struct process *process) {}
weak void signal_actions_exit(struct task *task) {}
weak void signal_actions_reset(struct task *task) {}
weak void signal_queue_exit(struct task *task) {}
weak void process_queue_exit(struct process *process) {}
weak void process_timers_exit(struct process *process) {}
weak void cpu_limit_changed(struct process *process) {}
weak void cpu_timers_look(struct process *process) {}
weak void group_check_orphaned(struct process *process, struct process *parent) {}
weak void futex_wake_address(user_address address) {}
weak int signal_send_task(struct task *task, int signal, const struct siginfo *info) { return 0; }
weak void signal_parent_death(struct process *child) {}
weak bool signal_parent(struct process *child, int signal, int code, int status) { return false; }
