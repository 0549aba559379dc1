/* SPDX-License-Identifier: MIT */
/*
 * later.c - weak stand-ins for the steps that chapter 5 calls and a later chapter supplies.
 *
 * Each is one line of one of three kinds: succeed with nothing to do, refuse with an errno, or
 * panic("not yet").  The complete kernel links none of them.  `holes` beside this file lists
 * those that this chapter's kernel still uses.
 */
#include "abi/signal.h"
#include "lib/assert.h"
#include "lock/wait_queue.h"
#include "memory/address_space.h"
#include "memory/user_copy.h"
#include "task/process.h"
#include "task/return.h"

/* Chapter 7: there is one flow of control, so no lock is ever found taken. */
weak void task_set_sleeping(unsigned state) { panic("not yet: sleeping"); }
weak void task_set_running(void) {}
weak int task_sleep(void) { panic("not yet: sleeping"); }
weak bool task_wake(struct task *task, unsigned states) { return false; }

/* ---- the parts of a task that come later ---- */
weak int files_fork(struct task *child, bool share) { return 0; }
weak int fs_context_fork(struct task *child, bool share) { return 0; }
weak int signal_actions_fork(struct task *child, bool share) { return 0; }

/* ---- memory: limits come with exec, user copies with system calls, files with the VFS ---- */
weak uint64_t task_limit(unsigned resource) { return resource == RLIMIT_STACK ? 8UL << 20 : ~0UL; }
weak void brk_set_start(struct address_space *space, user_address start) {}
weak bool user_faults_are_off(void) { return false; }
weak bool task_free_memory(void) { return false; }
weak bool task_vsyscall(struct registers *r) { task_fault(r, SIGSEGV, SI_KERNEL, 0); return true; }
weak void area_file_get(struct file *file) {}
weak void area_file_put(struct file *file) {}
