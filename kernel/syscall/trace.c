/* SPDX-License-Identifier: MIT */
/*
 * trace.c - the panic report's part on system calls: what the current task called last, from the
 * ring that the dispatcher keeps.  Nothing here reads user memory, sleeps or trusts a pointer: the
 * kernel is broken already.
 *
 * The ring belongs to its task and is written without a lock by nobody else; after a panic no task
 * runs. `trace_next` counts all calls ever made, so it also tells where the ring begins.
 */
#include "abi/errno.h"
#include "arch/panic.h"
#include "lib/printf.h"
#include "syscall/description.h"
#include "syscall/dispatch.h"
#include "syscall/names.h"
#include "task/task.h"

/* A result is an error only in -4095 to -1: addresses near the top of a word are none. */
static void result_format(char *to, size_t room, uint64_t result)
{
	const char *error = errno_name((int)-(long)result);

	if (result == TRACE_UNFINISHED)
		snprintf(to, room, "not finished");
	else if ((long)result < 0 && (long)result >= -ERRNO_MAX && error)
		snprintf(to, room, "-%s", error);
	else
		snprintf(to, room, "%#lx", result);
}

static_assert(array_size(((struct task *)0)->trace[0]) >= 2 + SYSCALL_ARGUMENTS,
	      "number, arguments, result");

static unsigned argument_count(const struct syscall_description *call)
{
	unsigned count = 0;

	while (count < SYSCALL_ARGUMENTS && call->arguments[count].kind != ARGUMENT_NONE)
		count++;
	return count;
}

static void entry_show(const uint64_t *entry)
{
	const struct syscall_description *call = syscall_describe((unsigned)entry[0]);
	unsigned count = call ? argument_count(call) : SYSCALL_ARGUMENTS;
	/* Six numbers of at most "0x" and 16 digits, and what separates them. */
	char arguments[6 * 22] = "", result[32];
	int length = 0;

	for (unsigned i = 0; i < count; i++)
		length += snprintf(arguments + length, sizeof(arguments) - (size_t)length, "%s%#lx",
				   i ? ", " : "", entry[1 + i]);
	result_format(result, sizeof(result), entry[7]);
	if (call)
		kprintf(LOG_EMERGENCY, "  %s(%s) = %s", call->name, arguments, result);
	else
		kprintf(LOG_EMERGENCY, "  call %lu(%s) = %s", entry[0], arguments, result);
}

void panic_show_calls(void)
{
	const struct task *task = current; /* NULL early in boot */
	uint32_t size = array_size(task->trace), first, i;

	if (!task || task->magic != TASK_MAGIC || !task->trace_next)
		return;
	/* A task that has made fewer calls than the ring holds: the rest is never initialised. */
	first = task->trace_next > size ? task->trace_next - size : 0;
	kprintf(LOG_EMERGENCY, "system calls of task %d, oldest first:", task->tid);
	for (i = first; i != task->trace_next; i++)
		entry_show(task->trace[i % size]);
}
