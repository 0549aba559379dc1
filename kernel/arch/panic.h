/* SPDX-License-Identifier: MIT */
/*
 * panic.h - the steps of a panic that only the layers above can do.
 */
#pragma once

#include "arch/arch.h"

/* Upward: task/task_report.c.  Who was running, as log lines. */
void panic_show_task(void);
/* Upward: syscall/trace.c.  The last system calls, as log lines. */
void panic_show_calls(void);
/* Upward: drivers/report.c, drivers/power.c. */
void report_text(const char *kind, const char *format, ...) printf_like(2, 3);
void machine_exit_panic(void) noreturn;
