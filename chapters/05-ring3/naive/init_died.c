/* SPDX-License-Identifier: MIT */
/*
 * init_died.c - in the kernels before there are files and a shell, pid 1 is the program to run: its
 * end is a result, not a catastrophe.  Chapter 9 replaces this by what Linux does.
 */
#include "drivers/power.h"
#include "drivers/report.h"
#include "lib/counts.h"
#include "memory/address_space.h"
#include "task/process.h"

void init_died(int wait_status)
{
	struct address_space *space = current->space;

	current->space = NULL;
	address_space_put(space);
	counts_report(); /* the first list is from before its program was loaded */
	report_text("exit", "1 %d", wait_status);
	machine_power_off();
}
