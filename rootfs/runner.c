/* SPDX-License-Identifier: MIT */
/*
 * runner.c - the first process when the machine is there to run one program (strix-run, grading).
 *
 * The file /.strix/run says which, in NUL-terminated strings: `in=`, `out=`, `err=`, `report=` name what
 * becomes descriptors 0 to 3 (report only when observations are wanted), `status=` where the wait
 * status is written, `ready=` where a word goes as soon as input may come (a serial port that nobody
 * has set up yet loses it), `counts=` where to write before and after the program so that the kernel
 * tells what is in use, `cwd=`, `path=` the program, then `arg=` and `env=` in order.  The runner opens the
 * descriptors, forks, executes, reaps whatever ends until that child has, writes "pid status" and
 * switches the machine off.
 *
 * It runs on Linux as well (where the answer key is recorded): no C library, and no more of the
 * kernel than the chapter with the first files has.  A missing /proc or devtmpfs is no error.
 */
#include "linux.h"

#include <asm/errno.h>
#include <asm/ioctls.h>
#include <asm/termbits.h>
#include <linux/fcntl.h>
#include <linux/reboot.h>
#include <stddef.h>

#define WORDS_MAX 4096
#define NOT_FOUND 127	   /* exit statuses as a shell gives them */
#define NOT_EXECUTABLE 126

static char text[1 << 18];
static const char *arguments[WORDS_MAX + 1], *environment[WORDS_MAX + 1];
static const char *descriptors[4], *status_path, *ready_path, *counts_path, *directory = "/", *program;

/* What follows `key` when `word` starts with it, or NULL. */
static const char *value_of(const char *word, const char *key)
{
	while (*key)
		if (*word++ != *key++)
			return NULL;
	return word;
}

static void take_word(const char *word)
{
	static int argument_count, environment_count;
	static const char *const keys[4] = { "in=", "out=", "err=", "report=" };
	const char *value;

	for (int i = 0; i < 4; i++)
		if ((value = value_of(word, keys[i])))
			descriptors[i] = value;
	if ((value = value_of(word, "status=")))
		status_path = value;
	if ((value = value_of(word, "ready=")))
		ready_path = value;
	if ((value = value_of(word, "counts=")))
		counts_path = value;
	if ((value = value_of(word, "cwd=")))
		directory = value;
	if ((value = value_of(word, "path=")))
		program = value;
	if ((value = value_of(word, "arg=")) && argument_count < WORDS_MAX)
		arguments[argument_count++] = value;
	if ((value = value_of(word, "env=")) && environment_count < WORDS_MAX)
		environment[environment_count++] = value;
}

static void read_wishes(void)
{
	long fd = sys(SYS_open, "/.strix/run", O_RDONLY);
	long got = 0, more;

	while ((more = sys(SYS_read, fd, text + got, sizeof(text) - 1 - got)) > 0)
		got += more;
	for (char *word = text; word < text + got;) {
		take_word(word);
		while (*word++)
			;
	}
	sys(SYS_close, fd);
}

/* No echo, no translation: a serial line as a channel for bytes (Linux; elsewhere it is no tty). */
static void make_raw(long fd)
{
	struct termios settings;

	if (sys(SYS_ioctl, fd, TCGETS, &settings) < 0)
		return;
	settings.c_iflag = settings.c_oflag = settings.c_lflag = 0;
	sys(SYS_ioctl, fd, TCSETS, &settings);
}

/* Opens `path` as exactly descriptor `number`. */
static void open_as(int number, const char *path)
{
	long fd = sys(SYS_open, path, O_RDWR);

	if (fd < 0)
		fd = sys(SYS_open, path, O_RDONLY);
	if (fd < 0)
		fd = sys(SYS_open, path, O_WRONLY);
	if (fd < 0) /* a kernel without that device: not closed, at least */
		fd = sys(SYS_open, "/dev/console", O_RDWR);
	if (fd >= 0 && fd != number) {
		sys(SYS_dup2, fd, number);
		sys(SYS_close, fd);
	}
	if (number == 3)
		make_raw(number);
}

static void run_child(void)
{
	long error;

	for (int i = 0; i < 4; i++)
		sys(SYS_close, i);
	sys(SYS_setsid);
	for (int i = 0; i < 4; i++)
		if (descriptors[i])
			open_as(i, descriptors[i]);
	for (int i = 0; i < 3; i++)
		sys(SYS_ioctl, i, TIOCSCTTY, 0); /* only a terminal takes it */
	sys(SYS_chdir, directory);
	error = sys(SYS_execve, program, arguments, environment);
	sys(SYS_exit_group, error == -ENOENT ? NOT_FOUND : NOT_EXECUTABLE);
}

static int wait_for(long child)
{
	int status = 0;
	long ended;

	do
		ended = sys(SYS_wait4, -1, &status, 0, 0);
	while (ended != child && ended != -ECHILD);
	return status;
}

static char *put_number(char *at, unsigned long value)
{
	if (value >= 10)
		at = put_number(at, value / 10);
	*at++ = (char)('0' + value % 10);
	return at;
}

static void write_word(const char *path)
{
	long fd = sys(SYS_open, path, O_WRONLY);

	sys(SYS_write, fd, "ready\n", 6);
	sys(SYS_close, fd);
}

static void write_status(long pid, int status)
{
	long fd = sys(SYS_open, status_path, O_WRONLY);
	char line[64], *end;

	end = put_number(line, (unsigned long)pid);
	*end++ = ' ';
	end = put_number(end, (unsigned)status);
	if (fd >= 0)
		make_raw(fd);
	sys(SYS_write, fd, line, end - line);
	sys(SYS_fsync, fd);
}

static void file_systems_mount(void)
{
	sys(SYS_mount, "proc", "/proc", "proc", 0, 0);
	sys(SYS_mount, "devtmpfs", "/dev", "devtmpfs", 0, 0);
	sys(SYS_symlink, "/proc/self/fd", "/dev/fd"); /* shells rely on it */
	sys(SYS_symlink, "fd/0", "/dev/stdin");
	sys(SYS_symlink, "fd/1", "/dev/stdout");
	sys(SYS_symlink, "fd/2", "/dev/stderr");
}

/* The program's files go away with their file system; what holds it fast shows in the counts. */
static void counts_begin(void)
{
	write_word(counts_path);
	sys(SYS_mount, "tmpfs", "/tmp", "tmpfs", 0, 0);
}

static void counts_end(void)
{
	sys(SYS_umount2, "/tmp", 0);
	write_word(counts_path);
}

__attribute__((used)) static void start(void)
{
	long child;
	int status;

	file_systems_mount();
	read_wishes();
	if (ready_path)
		write_word(ready_path);
	if (counts_path)
		counts_begin();
	child = sys(SYS_fork);
	if (child == 0)
		run_child();
	status = wait_for(child);
	if (counts_path)
		counts_end();
	write_status(child, status);
	sys(SYS_reboot, LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2, LINUX_REBOOT_CMD_POWER_OFF, 0);
	for (;;)
		sys(SYS_pause);
}

__asm__(".globl _start\n_start:\n\txorl %ebp, %ebp\n\tandq $-16, %rsp\n\tcall start\n\tud2\n");
