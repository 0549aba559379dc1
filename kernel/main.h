/* SPDX-License-Identifier: MIT */
/*
 * main.h - the steps of kmain(), in their order.  Each is defined where its subsystem lives and may
 * use the steps before it; none of them may wait for time to pass.
 */
#pragma once

#include "lib/types.h"

void kmain(void) noreturn; /* called by boot.S with interrupts off, on the boot stack */

/* drivers/: who hears us */
void report_init(void);
void serial_init(void);
void power_init(void);
/* memory/ */
void frames_init(void);
void page_tables_init(void);
void heap_init(void);
/* drivers/: every registered driver; interrupts are off */
void drivers_init(void);
/* task/: the running code becomes the idle task */
void tasks_init(void);
/* fs/, loader/: the root file system and what the boot module holds */
void fs_init(void);
/* syscall/: the log of system calls */
void strace_init(void);
/* loader/: what lets programs read the clocks without a call; clocks are exact by now */
void vdso_init(void);
/* ktest.c: the in-kernel test that the command line names, if any */
void ktest_run_wanted(void);
/* task/: process 1, made runnable */
void init_start(void);
/* task/scheduler.c: runs the others; returns, interrupts off, when nobody can */
void idle_work(void);
