/* SPDX-License-Identifier: MIT */
/*
 * init_died.c - the end of process 1 is the end of the system: Linux panics, and so do we.
 *
 * Whoever runs the machine for one program's sake (as process 1) gets that program's status first.
 */
#include "drivers/report.h"
#include "lib/assert.h"
#include "task/process.h"

void init_died(int wait_status)
{
	report_text("exit", "1 %d", wait_status);
	panic("Attempted to kill init! exitcode=%#010x", wait_status);
}
