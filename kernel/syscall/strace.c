/* SPDX-License-Identifier: MIT */
/*
 * strace.c - the log of system calls, a line each:
 *
 *	[7] openat(AT_FDCWD, "/etc/passwd", O_RDONLY|O_CLOEXEC, 0) = 3
 *	[7] read(3, "root:x:0:0:root:/root:/bin/sh\n"..., 4096) = 812
 *	[7] ioctl(1, TCGETS, 0x7ffd04c03a10) = -1 ENOTTY
 *
 * The lines are made by the calling task in process context: to read a string it may have to
 * sleep.  exit and exit_group do not come back, so their line is written before.
 *
 * A line is cut at STRACE_LINE_MAX.  The log reads user memory and waits for the console, which
 * changes timing, so it is off unless the command line has `strace`.
 */
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "lib/command_line.h"
#include "lib/printf.h"
#include "syscall/dispatch.h"
#include "syscall/names.h"
#include "syscall/strace.h"
#include "task/task.h"

bool strace_enabled; /* written at boot only: read without a lock by each call */

void strace_init(void)
{
	strace_enabled = command_line_has("strace");
	if (strace_enabled)
		/* The lines are LOG_NOTICE, which consoles do not show unless told to. */
		log_console_level = max(log_console_level, LOG_INFO);
}

void strace_add(struct strace_line *line, const char *format, ...)
{
	size_t room = STRACE_LINE_MAX - (size_t)line->length;
	va_list arguments;

	assert(line->length >= 0 && line->length < STRACE_LINE_MAX);
	va_start(arguments, format);
	line->length += vsnprintf(line->text + line->length, room, format, arguments);
	va_end(arguments);
	line->length = min(line->length, STRACE_LINE_MAX - 1);
	assert(line->text[line->length] == '\0');
}

static const struct argument *argument_of(const struct strace_line *line, unsigned index)
{
	const struct argument *argument = &line->call->arguments[index];

	/* The address one behind the last is computed, not read. */
	return index < SYSCALL_ARGUMENTS && argument->kind != ARGUMENT_NONE ? argument : NULL;
}

/* Such an argument waits for the call; so do those behind it, or the line would be out of order. */
static bool is_written_by_call(const struct argument *argument)
{
	return argument->kind == ARGUMENT_OBJECT && (argument->way & WAY_OUT);
}

static void add_next_argument(struct strace_line *line, long result)
{
	if (line->next > 0)
		strace_add(line, ", ");
	strace_add_argument(line, line->next++, result);
}

/* (An exec that works does return: in the new program, with 0.) */
static bool does_not_return(const struct strace_line *line)
{
	return line->entry[0] == NR_exit || line->entry[0] == NR_exit_group;
}

void strace_begin(struct strace_line *line, const uint64_t *entry)
{
	const struct argument *argument;

	assert(interrupts_enabled()); /* arguments are read from user memory */
	*line = (struct strace_line){.call = syscall_describe((unsigned)entry[0]), .entry = entry};
	if (!line->call) {
		strace_add(line, "call_%lu(", entry[0]);
		return;
	}
	strace_add(line, "%s(", line->call->name);
	while ((argument = argument_of(line, line->next)) && !is_written_by_call(argument))
		add_next_argument(line, STRACE_NO_RESULT);
	if (does_not_return(line)) {
		kprintf(LOG_NOTICE, "[%d] %s) = ?", current->tid, line->text);
		line->said = true;
	}
}

/* In hexadecimal, as strace(1) has them. */
static bool result_is_address(uint64_t number)
{
	return number == NR_mmap || number == NR_mremap || number == NR_brk;
}

/* ERESTARTSYS and its kin have no name: the program never sees them.  It gets EINTR, or the call
 * again, after this line. */
static void add_result(struct strace_line *line, long result)
{
	const char *error = result < 0 ? errno_name((int)-result) : NULL;

	if (error)
		strace_add(line, ") = -1 %s", error);
	else if (result_is_address(line->entry[0]))
		strace_add(line, ") = %#lx", result);
	else if (result < 0)
		strace_add(line, ") = ? (to be restarted, %ld)", result);
	else
		strace_add(line, ") = %ld", result);
}

/* Still in process context: what the call wrote is read now. */
void strace_end(struct strace_line *line, long result)
{
	while (line->call && argument_of(line, line->next))
		add_next_argument(line, result);
	add_result(line, result);
	if (!line->said)
		kprintf(LOG_NOTICE, "[%d] %s", current->tid, line->text);
}
