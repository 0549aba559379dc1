/* SPDX-License-Identifier: MIT */
/*
 * strace.h - the log of system calls, as strace(1) on Linux would show it.
 *
 * A line is begun before the call with all arguments up to the first that the call writes, and
 * ended behind it with the others and the result: so an exec shows its path although the memory
 * that held it is gone, and a read shows what it read.
 */
#pragma once

#include "lib/types.h"
#include "syscall/description.h"

extern bool strace_enabled; /* `strace` on the command line */

/* Called once at boot, when the command line is known. */
void strace_init(void);

#define STRACE_LINE_MAX 400

struct strace_line {
	const struct syscall_description *call; /* NULL: a number without a name */
	const uint64_t *entry;			/* the trace ring's: number, arguments */
	unsigned next;				/* the first argument that is not in the text yet */
	/* the line is out already: the call may not return */
	bool said;
	int length;
	char text[STRACE_LINE_MAX];
};

void strace_begin(struct strace_line *line, const uint64_t *entry);
void strace_end(struct strace_line *line, long result);

/* Appends to the text; what does not fit is cut. */
void strace_add(struct strace_line *line, const char *format, ...) printf_like(2, 3);

/* strace_values.c: one argument.  `result`: the call's, or STRACE_NO_RESULT before it is known. */
#define STRACE_NO_RESULT (-6000L)
void strace_add_argument(struct strace_line *line, unsigned index, long result);
