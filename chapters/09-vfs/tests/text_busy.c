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

/* A map that can write keeps the file open for writing, though its descriptor is closed. */
static void run_mapped(void)
{
	int fd = open("program", O_RDWR);
	char *argv[] = { "program", "child", 0 };

	mmap(0, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	SAYS("run_while_mapped", SYS_execve, "program", argv, 0);
}

static void run_script(void)
{
	int fd;
	char *argv[] = { "script", 0 };

	file_make("script", "#!program\n");
	chmod("script", 0755);
	fd = open("script", O_WRONLY);
	SAYS("script_while_open", SYS_execve, "script", argv, 0);
	close(fd);
	fd = open("program", O_RDWR);
	SAYS("interpreter_while_open", SYS_execve, "script", argv, 0);
}

/* What may be done to the file of a program that runs in another process. */
static void writes(const char *when)
{
	observe(text("write_%s", when), opens("program", O_WRONLY, 0));
	observe(text("both_%s", when), opens("program", O_RDWR, 0));
	observe(text("empty_%s", when), opens("program", O_RDONLY | O_TRUNC, 0));
	observe(text("create_%s", when), opens("program", O_WRONLY | O_CREAT, 0700));
	SAYS(text("truncate_%s", when), SYS_truncate, "program", 0);
}

/* Runs the copy, which says when it runs and ends when it is let go. */
static void while_running(void)
{
	int status, pid;
	char *argv[] = { "program", "wait", 0 };

	meeting_here();
	pid = fork();
	if (pid == 0) {
		execv("program", argv);
		_exit(99);
	}
	meeting_wait("running");
	writes("running");
	SAYS("rename_running", SYS_rename, "program", "renamed");
	observe("write_renamed", opens("renamed", O_WRONLY, 0));
	SAYS("rename_back", SYS_rename, "renamed", "program");
	SAYS("chmod_running", SYS_chmod, "program", 0711);
	meeting_say("end");
	waitpid(pid, &status, 0);
	observe_number("waited", status);
	writes("ended");
}

static int waiting(void)
{
	meeting_say("running");
	meeting_wait("end");
	return 0;
}

TEST
{
	char *argv[] = { "program", 0 }, *environment[] = { 0 };
	int fd;

	if (test_argc > 1)
		return strcmp(test_argv[1], "wait") ? 77 : waiting();
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
	observe_number("mapped", in_child(run_mapped));
	observe_number("script", in_child(run_script));
	fd = open("program", O_RDONLY);
	observe("copy_write", opens("program", O_WRONLY, 0));
	close(fd);
	while_running();
	return 0;
}
