/* SPDX-License-Identifier: MIT */
/*
 * init_program.c - what process 1 runs: the program that `init=` names, or the first that there is
 * of /init, /sbin/init, /bin/init and /bin/sh.  Words behind `--` on the command line are its
 * arguments.
 *
 * Runs in process 1, in kernel mode, after everything is initialised. A program that is named but
 * cannot be run ends in a panic rather than in the search: who names one wants that one.
 */
#include "lib/assert.h"
#include "lib/command_line.h"
#include "lib/printf.h"
#include "lib/string.h"
#include "loader/exec.h"
#include "task/process.h"

#define ARGUMENTS_MAX 32

static const char *const environment[] = { "HOME=/", "TERM=linux", NULL };

/* Splits `text` at spaces in place; argv[0] is set already. */
static void arguments_split(char *text, const char **argv)
{
	int count = 1;

	assert(argv[0]);
	while (*text && count < ARGUMENTS_MAX) {
		argv[count++] = text;
		while (*text && *text != ' ')
			text++;
		if (*text)
			*text++ = '\0';
	}
	argv[count] = NULL;
}

static int program_try(const char *path)
{
	static char text[COMMAND_LINE_MAX];
	const char *argv[ARGUMENTS_MAX + 1] = { path };

	string_copy(text, command_line_arguments(), sizeof(text));
	arguments_split(text, argv);
	return exec_kernel(path, argv, environment);
}

static bool program_choose(void)
{
	static const char *const usual[] = { "/init", "/sbin/init", "/bin/init", "/bin/sh" };
	static char wanted[COMMAND_LINE_MAX];

	if (command_line_get("init", wanted, sizeof(wanted))) {
		int error = program_try(wanted);

		if (error)
			kprintf(LOG_ERROR, "init=%s: error %d", wanted, -error);
		return !error;
	}
	for (size_t i = 0; i < array_size(usual); i++) {
		if (program_try(usual[i]) == 0)
			return true;
	}
	return false;
}

void init_program(void *unused)
{
	console_open();
	if (!program_choose())
		panic("no program for process 1: try init=PATH");
	task_account_leave(current, tsc_read());
	user_enter(task_registers(current));
}
