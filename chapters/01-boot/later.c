/* SPDX-License-Identifier: MIT */
/*
 * later.c - weak stand-ins for the steps that chapter 1 calls and a later chapter supplies.
 *
 * Each is one line of one of three kinds: succeed with nothing to do, refuse with an errno, or
 * panic("not yet").  The complete kernel links none of them.  `holes` beside this file lists
 * those that this chapter's kernel still uses.
 */
#include "arch/arch.h"
#include "arch/cpu_init.h"
#include "arch/panic.h"
#include "lib/assert.h"
#include "main.h"

/* ---- kmain() ---- */
weak void frames_init(void) {}
weak void page_tables_init(void) {}
weak void heap_init(void) {}
weak void syscall_init(void) {}
weak void tasks_init(void) {}
weak void fs_init(void) {}
weak void strace_init(void) {}
weak void vdso_init(void) {}
weak void init_start(void) {}
weak void idle_work(void) {}

/* ---- traps and interrupts: there is no user mode, no task and no timer yet ---- */
weak bool page_fault(struct registers *registers, user_address address) { return false; }
weak void task_fault(struct registers *registers, int signal, int code, uint64_t address)
{
	panic("not yet: user faults");
}
weak void task_return_to_user(struct registers *registers) { panic("not yet: user mode"); }
weak void timer_interrupt(struct registers *registers) {}
