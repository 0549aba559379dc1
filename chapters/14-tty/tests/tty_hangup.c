/* SPDX-License-Identifier: MIT */
/* tty_hangup.c - a session's leader exits, or hangs up: who is told, and what is left of the
 * terminal. */
#include "terminal.h"

enum { HUP, CONT, READY, GO, DONE };

/* What member `number` of the session sees is at shared[10 * number]. */
static volatile int *me;

static void hangup(int signal)
{
	me[HUP]++;
}

static void go_on(int signal)
{
	me[CONT]++;
}

static volatile int *member(int number)
{
	return shared + 10 * number;
}

static void clear(void)
{
	memset((void *)shared, 0, 400);
}

/* Waits until told to go; says then what it has been told. */
static void witness(int number)
{
	me = member(number);
	signal(SIGHUP, hangup);
	signal(SIGCONT, go_on);
	me[READY] = 1;
	await(&me[GO], 1);
}

static int witness_start(int number, int group)
{
	int pid = fork();

	if (pid == 0) {
		setpgid(0, group);
		witness(number);
		me[DONE] = 1;
		_exit(0);
	}
	setpgid(pid, group ? group : pid);
	await(&member(number)[READY], 1);
	return pid;
}

static void witness_end(const char *name, int number)
{
	observe(text("%s_hup", name), member(number)[HUP] > 0);
	observe(text("%s_cont", name), member(number)[CONT] > 0);
	member(number)[GO] = 1;
}

static void dead_descriptor(const char *name, int fd)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN | POLLOUT };
	struct termios settings;
	char byte;

	observe(text("%s_read", name), read(fd, &byte, 1) == -1 ? -errno : 0);
	observe(text("%s_write", name), E(write(fd, "x", 1)));
	observe(text("%s_get", name), E(tcgetattr(fd, &settings)));
	observe(text("%s_group", name), E(tcgetpgrp(fd)));
	observe(text("%s_set_group", name), E(tcsetpgrp(fd, getpgrp())));
	observe(text("%s_take", name), E(ioctl(fd, TIOCSCTTY, 0)));
	observe(text("%s_poll", name), poll(&poll_fd, 1, 0));
	observe_hex(text("%s_events", name), (unsigned)poll_fd.revents);
	observe(text("%s_own", name), E(open("/dev/tty", O_RDWR)));
	observe(text("%s_close", name), E(close(fd)));
}

/* A reader of another session, who waits for a line that never comes. */
static int bystander(void)
{
	int pid = fork(), fd;
	char byte;

	if (pid == 0) {
		setsid();
		fd = terminal_open(O_NOCTTY);
		shared[50] = 1;
		shared[51] = (int)read(fd, &byte, 1);
		shared[52] = errno;
		dead_descriptor("bystander", fd);
		_exit(0);
	}
	await(&shared[50], 1);
	usleep(10000);
	return pid;
}

/* Members of the foreground group, one of them stopped, and of a background group. */
static void leader(void)
{
	int fd = terminal_open(0), front, stopped, status;

	front = witness_start(1, 0);
	stopped = witness_start(2, front);
	kill(stopped, SIGSTOP);
	waitpid(stopped, &status, WUNTRACED);
	witness_start(3, 0);
	signal(SIGTTOU, SIG_IGN);
	tcsetpgrp(fd, front);
	if (fork() == 0) { /* of the leader's group: looks at what it inherited */
		witness(4);
		dead_descriptor("inherited", fd);
		me[DONE] = 1;
		_exit(0);
	}
	await(&member(4)[READY], 1);
}

static void leader_exits(void)
{
	int other = bystander();

	in_session(leader);
	usleep(10000);
	witness_end("front", 1);
	witness_end("stopped", 2);
	witness_end("background", 3);
	await(&member(1)[DONE], 1);
	await(&member(2)[DONE], 1);
	await(&member(3)[DONE], 1);
	witness_end("leaders_group", 4);
	await(&member(4)[DONE], 1);
	waitpid(other, NULL, 0);
	observe("blocked_read", shared[51] == -1 ? -shared[52] : shared[51]);
}

/* The terminal is as new for the next session. */
static void next_session(void)
{
	int fd = terminal_open(0);

	observe("next_own", E(open("/dev/tty", O_RDWR)));
	observe("next_group", tcgetpgrp(fd) == getpid());
	observe("next_writes", write(fd, "x", 1));
	type(fd, "hello\n");
	observe_read("next_reads", fd, 10);
	signal(SIGHUP, SIG_IGN);
}

/* vhangup(): the leader is told at once; the group in front when the leader exits. */
static void hanging_up(void)
{
	int fd = terminal_open(0), front;

	me = member(5);
	signal(SIGHUP, hangup);
	signal(SIGCONT, go_on);
	front = witness_start(1, 0);
	signal(SIGTTOU, SIG_IGN);
	tcsetpgrp(fd, front);
	observe("vhangup", E(vhangup()));
	observe("leader_hup", me[HUP]);
	observe("leader_cont", me[CONT]);
	usleep(5000);
	observe("front_before_hup", member(1)[HUP]);
	observe("front_before_cont", member(1)[CONT]);
	dead_descriptor("own", fd);
}

static void leader_hangs_up(void)
{
	clear();
	in_session(hanging_up);
	usleep(10000);
	witness_end("old_front", 1);
	await(&member(1)[DONE], 1);
}

/* Without a terminal there is nothing to hang up. */
static void no_terminal(void)
{
	observe("vhangup_without", E(vhangup()));
}

TEST
{
	shared_create();
	leader_exits();
	in_session(next_session);
	leader_hangs_up();
	in_session(next_session);
	in_session(no_terminal);
	return 0;
}
