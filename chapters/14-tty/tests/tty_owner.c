/* SPDX-License-Identifier: MIT */
/* tty_owner.c - whose terminal it is: TIOCSCTTY, TIOCNOTTY, the foreground group, /dev/tty. */
#include "terminal.h"

static void note_hangup(int signal)
{
	shared[0]++;
}

static void note_continue(int signal)
{
	shared[1]++;
}

static int own_terminal(void)
{
	int fd = open("/dev/tty", O_RDWR), error = errno;

	if (fd < 0)
		return -error;
	close(fd);
	return 0;
}

static int session_of(int fd)
{
	int number = -1;

	return ioctl(fd, TIOCGSID, &number) == -1 ? -errno : number == getsid(0);
}

/* Another session may not have it; the superuser may steal it. */
static void other(int fd, int steal)
{
	int status, pid = fork();

	if (pid == 0) {
		int again;

		signal(SIGHUP, SIG_IGN);
		signal(SIGCONT, SIG_IGN);
		observe(text("heir_%d", steal), own_terminal());
		observe(text("no_leader_%d", steal), E(ioctl(fd, TIOCSCTTY, 0)));
		setsid();
		observe(text("left_%d", steal), own_terminal());
		again = terminal_open(0);
		observe(text("open_takes_%d", steal), own_terminal());
		observe(text("taken_%d", steal), E(ioctl(again, TIOCSCTTY, steal)));
		observe(text("stolen_%d", steal), own_terminal());
		observe(text("group_%d", steal), E(tcgetpgrp(again)));
		observe(text("set_group_%d", steal), E(tcsetpgrp(again, getpid())));
		if (steal)
			ioctl(again, TIOCNOTTY);
		_exit(0);
	}
	waitpid(pid, &status, 0);
}

static void taking(void)
{
	int fd, number;

	signal(SIGHUP, note_hangup);
	signal(SIGCONT, note_continue);
	observe("none", own_terminal());
	fd = terminal_open(O_NOCTTY);
	observe("noctty", own_terminal());
	observe("group_of_others", E(tcgetpgrp(fd)));
	observe("set_group_of_others", E(tcsetpgrp(fd, getpid())));
	observe("session_of_others", E(ioctl(fd, TIOCGSID, &number)));
	observe("notty_of_others", E(ioctl(fd, TIOCNOTTY)));
	observe("take", E(ioctl(fd, TIOCSCTTY, 0)));
	observe("take_again", E(ioctl(fd, TIOCSCTTY, 0)));
	observe("own", own_terminal());
	observe("group_is_own", tcgetpgrp(fd) == getpgrp());
	observe("session_is_own", session_of(fd));
	other(fd, 0);
	observe("still", own_terminal());
	observe("undisturbed", shared[0] + shared[1]);
	other(fd, 1);
	observe("stolen", own_terminal());
	observe("not_told", shared[0] + shared[1]);
}

/* Opening it is enough for a session's leader, unless it may only write. */
static void opening(void)
{
	int fd, status, pid;

	terminal_open(O_WRONLY);
	observe("write_only", own_terminal());
	fd = terminal_open(0);
	observe("opened", own_terminal());
	observe("second", E(tcgetpgrp(open("/dev/ttyS0", O_RDWR))));
	pid = fork();
	if (pid == 0) {
		signal(SIGHUP, note_hangup);
		observe("member_leaves", E(ioctl(fd, TIOCNOTTY)));
		observe("member_left", own_terminal());
		observe("member_again", E(ioctl(fd, TIOCNOTTY)));
		_exit(0);
	}
	waitpid(pid, &status, 0);
	observe("leader_keeps", own_terminal());
	shared[0] = shared[1] = 0;
	signal(SIGHUP, note_hangup);
	signal(SIGCONT, note_continue);
	observe("leader_leaves", E(ioctl(fd, TIOCNOTTY)));
	observe("hangup", shared[0]);
	observe("continue", shared[1]);
	observe("leader_left", own_terminal());
	observe("descriptor_lives", write(fd, "x", 1));
	observe("free_again", E(ioctl(fd, TIOCSCTTY, 0)));
	signal(SIGHUP, SIG_IGN);
}

static int sleeper(int new_session)
{
	int pid = fork();

	if (pid == 0) {
		if (new_session)
			setsid();
		shared[2] = 1;
		for (;;)
			pause();
	}
	await(&shared[2], 1);
	shared[2] = 0;
	return pid;
}

static void end(int pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static void foreground(void)
{
	int fd = terminal_open(0), stranger = sleeper(1), child = sleeper(0), group = sleeper(0);

	setpgid(group, group);
	observe("nobody", E(tcsetpgrp(fd, 1 << 20)));
	observe("negative", E(tcsetpgrp(fd, -5)));
	observe("zero", E(tcsetpgrp(fd, 0)));
	observe("other_session", E(tcsetpgrp(fd, stranger)));
	observe("bad_pointer", E(ioctl(fd, TIOCSPGRP, 8)));
	observe("set", E(tcsetpgrp(fd, group)));
	observe("get", tcgetpgrp(fd) == group);
	signal(SIGTTOU, SIG_IGN);
	observe("no_group_but_ours", E(tcsetpgrp(fd, child)));
	observe("back", E(tcsetpgrp(fd, getpgrp())));
	observe("bad_get", E(ioctl(fd, TIOCGPGRP, 8)));
	end(stranger);
	end(child);
	end(group);
	signal(SIGHUP, SIG_IGN);
}

TEST
{
	shared_create();
	in_session(taking);
	in_session(opening);
	in_session(foreground);
	return 0;
}
