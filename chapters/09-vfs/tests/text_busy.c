/* SPDX-License-Identifier: MIT */
/* text_busy.c - a program that runs cannot be written to; a file that is written cannot be run. */
#include "scratch.h"

#include <sys/auxv.h>

static const char *own; /* this program's file */

static void program_copy(const char *to)
{
	static char bytes[1 << 20];
	int in = open(own, O_RDONLY), out = open(to, O_CREAT | O_WRONLY, 0755);
	long count;

	while ((count = read(in, bytes, sizeof(bytes))) > 0)
		write(out, bytes, count);
	close(in);
	close(out);
}

static void run_open(void)
{
	int fd = open("program", O_WRONLY);
	char *argv[] = { "program", "child", 0 };

	SAYS("run_while_open", SYS_execve, "program", argv, 0);
	close(fd);
}

TEST
{
	char *argv[] = { "program", 0 }, *environment[] = { 0 };
	int fd;

	own = (const char *)getauxval(AT_EXECFN);
	scratch();
	file_make("text", "no program");
	SAYS("not_executable", SYS_execve, "text", argv, environment);
	chmod("text", 0755);
	SAYS("no_format", SYS_execve, "text", argv, environment);
	SAYS("directory", SYS_execve, ".", argv, environment);
	SAYS("missing", SYS_execve, "missing", argv, environment);
	SAYS("below_file", SYS_execve, "text/x", argv, environment);
	SAYS("own_write", SYS_open, own, O_WRONLY);
	SAYS("own_truncate", SYS_truncate, own, 0);
	observe("own_read", opens(own, O_RDONLY, 0));
	program_copy("program");
	observe_number("child", in_child(run_open));
	fd = open("program", O_RDONLY);
	observe("copy_write", opens("program", O_WRONLY, 0));
	close(fd);
	return 0;
}
