/* SPDX-License-Identifier: MIT */
/*
 * later.c - weak stand-ins for the steps that chapter 8 calls and a later chapter supplies.
 *
 * Each is one line of one of three kinds: succeed with nothing to do, refuse with an errno, or
 * panic("not yet").  The complete kernel links none of them.  `holes` beside this file lists
 * those that this chapter's kernel still uses.
 */
#include "fs/executable.h"
#include "loader/exec.h"

/* There are no handlers and no descriptors yet. */
weak void signal_exec(struct task *task) {}
weak void files_close_on_exec(void) {}
weak bool fs_context_is_shared(void) { return false; }
