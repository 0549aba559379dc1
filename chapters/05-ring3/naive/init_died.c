/* SPDX-License-Identifier: MIT */
/*
 * init_died.c - in the kernels before there are files and a shell, pid 1 is the program to run: its
 * end is a result, not a catastrophe.  Chapter 9 replaces this by what Linux does.
 */
#include "abi/wait.h"
#include "drivers/power.h"
#include "drivers/report.h"
#include "lib/counts.h"
#include "lib/printf.h"
#include "memory/address_space.h"
#include "task/process.h"

/* For whoever watches the console: the report channel is for machines. */
static void end_tell(int wait_status)
{
	if (WAIT_IS_EXIT(wait_status))
		kprintf(LOG_WARNING, "Process 1 ended with status %d.", WAIT_CODE(wait_status));
	else
		kprintf(LOG_WARNING, "Process 1 was ended by signal %d; loglevel=7 shows where.",
			WAIT_SIGNAL(wait_status));
}

void init_died(int wait_status)
{
	struct address_space *space = current->space;

	current->space = NULL;
	address_space_put(space);
	counts_report(); /* the first list is from before its program was loaded */
	end_tell(wait_status);
	report_text("exit", "1 %d", wait_status);
	machine_power_off();
}
