/* SPDX-License-Identifier: MIT */
/*
 * terminal.h - what the programs of this chapter share: a terminal on which nobody types but
 * themselves (TIOCSTI), and a session of their own to use it in.
 *
 * Every machine has /dev/tty1, but on one that is used for other things somebody may be logged in
 * there; so Linux's last one is taken where there is one.
 */
#pragma once

#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define E(call) ((call) == -1 ? -errno : 0)

/* Memory that all processes of the program see. */
static volatile int *shared;

__attribute__((unused)) static void shared_create(void)
{
	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}

__attribute__((unused)) static void await(volatile int *word, int value)
{
	while (*word != value)
		usleep(1000);
}

__attribute__((unused)) static int terminal_open(int flags)
{
	int access = flags & O_WRONLY ? 0 : O_RDWR;
	int fd = open("/dev/tty63", access | flags);

	return fd >= 0 || errno != ENOENT ? fd : open("/dev/tty1", access | flags);
}

/* As if somebody typed it. */
__attribute__((unused)) static void type(int fd, const char *keys)
{
	for (; *keys; keys++)
		ioctl(fd, TIOCSTI, keys);
}

__attribute__((unused)) static void set_flags(int fd, tcflag_t on, tcflag_t off)
{
	struct termios settings;

	tcgetattr(fd, &settings);
	settings.c_lflag = (settings.c_lflag & ~off) | on;
	tcsetattr(fd, TCSANOW, &settings);
}

/* Without lines, echo and signals. */
__attribute__((unused)) static void set_raw(int fd, int min, int time)
{
	struct termios settings;

	tcgetattr(fd, &settings);
	settings.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG | IEXTEN);
	settings.c_cc[VMIN] = (cc_t)min;
	settings.c_cc[VTIME] = (cc_t)time;
	tcsetattr(fd, TCSANOW, &settings);
}

/* What one read gives. */
__attribute__((unused)) static void observe_read(const char *key, int fd, size_t count)
{
	char bytes[5000];
	ssize_t got = read(fd, bytes, count);

	if (got <= 0)
		observe(key, got == 0 ? 0 : -errno);
	else
		observe_bytes(key, bytes, (size_t)got);
}

/* Runs it in a child that leads a session; how the child ended only when that was unusual. */
__attribute__((unused)) static void in_session(void (*function)(void))
{
	int status, pid = fork();

	if (pid == 0) {
		setsid();
		function();
		_exit(0);
	}
	waitpid(pid, &status, 0);
	if (status)
		observe_hex("unusual_end", (unsigned)status);
}
