/* SPDX-License-Identifier: MIT */
/*
 * memory_steps.c - what memory/ asks about the current task.
 */
#include "memory/address_space.h"
#include "task/task.h"

struct address_space *task_space(void)
{
	return current ? current->space : NULL;
}

void task_count_fault(bool major)
{
	if (major)
		current->major_faults++;
	else
		current->minor_faults++;
}
