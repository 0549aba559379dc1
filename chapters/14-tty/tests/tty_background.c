/* SPDX-License-Identifier: MIT */
/* tty_background.c - what a terminal does to groups that are not in its foreground, and to the one
 * that is. */
#include "terminal.h"

static int fd;

static void caught(int signal)
{
	shared[signal]++;
}

static void catch(int signal, int flags)
{
	struct sigaction action = { .sa_handler = caught, .sa_flags = flags };

	sigaction(signal, &action, NULL);
}

/* Runs it in a child with a group of its own, in the background; its number. */
static int background(void (*function)(void))
{
	int pid = fork();

	if (pid == 0) {
		setpgid(0, 0);
		function();
		_exit(0);
	}
	setpgid(pid, pid);
	return pid;
}

static void background_done(void (*function)(void))
{
	int status;

	waitpid(background(function), &status, 0);
	if (status)
		observe_hex("unusual_end", (unsigned)status);
}

/* ---- reading ---- */

static void reads(void)
{
	char byte = 0;

	shared[100] = (int)read(fd, &byte, 1);
	shared[101] = byte;
}

static void reading(void)
{
	int status, pid = background(reads);

	waitpid(pid, &status, WUNTRACED);
	observe_hex("read_stops", (unsigned)status);
	kill(pid, SIGCONT);
	waitpid(pid, &status, WUNTRACED);
	observe_hex("read_stops_again", (unsigned)status);
	tcsetpgrp(fd, pid);
	signal(SIGTTOU, SIG_IGN);
	kill(pid, SIGCONT);
	type(fd, "z\n");
	waitpid(pid, &status, WUNTRACED);
	observe_hex("read_goes_on", (unsigned)status);
	observe("read_result", shared[100]);
	observe("read_byte", shared[101]);
	observe("take_back", E(tcsetpgrp(fd, getpgrp())));
	signal(SIGTTOU, SIG_DFL);
	tcflush(fd, TCIFLUSH);
}

static void reading_prepared(void)
{
	char byte;
	sigset_t set;

	signal(SIGTTIN, SIG_IGN);
	observe("read_ignored", E(read(fd, &byte, 1)));
	signal(SIGTTIN, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, SIGTTIN);
	sigprocmask(SIG_BLOCK, &set, NULL);
	observe("read_blocked", E(read(fd, &byte, 1)));
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	catch(SIGTTIN, 0);
	observe("read_caught", E(read(fd, &byte, 1)));
	observe("read_signals", shared[SIGTTIN]);
	fcntl(fd, F_SETFL, O_RDWR | O_NONBLOCK);
	observe("read_nonblocking", E(read(fd, &byte, 1)));
	fcntl(fd, F_SETFL, O_RDWR);
	observe("poll", poll(&(struct pollfd){ .fd = fd, .events = POLLIN }, 1, 0));
	observe("read_of_nothing", E(read(fd, &byte, 0)));
}

/* ---- writing and setting ---- */

static void writes(void)
{
	shared[100] = (int)write(fd, "x", 1);
}

static void sets(void)
{
	struct termios settings;

	tcgetattr(fd, &settings);
	shared[100] = tcsetattr(fd, TCSANOW, &settings);
}

static void takes(void)
{
	shared[100] = tcsetpgrp(fd, getpgrp());
}

/* Stops; goes on in the foreground. */
static void stopping(const char *name, void (*function)(void))
{
	int status, pid = background(function);

	waitpid(pid, &status, WUNTRACED);
	observe_hex(text("%s_stops", name), (unsigned)status);
	if (!WIFSTOPPED(status))
		return;
	tcsetpgrp(fd, pid);
	signal(SIGTTOU, SIG_IGN);
	kill(pid, SIGCONT);
	waitpid(pid, &status, WUNTRACED);
	observe_hex(text("%s_goes_on", name), (unsigned)status);
	observe(text("%s_result", name), shared[100]);
	tcsetpgrp(fd, getpgrp());
	signal(SIGTTOU, SIG_DFL);
}

static void writing_prepared(void)
{
	struct termios settings;

	tcgetattr(fd, &settings);
	signal(SIGTTOU, SIG_IGN);
	observe("write_ignored", write(fd, "x", 1));
	observe("set_ignored", E(tcsetattr(fd, TCSANOW, &settings)));
	observe("group_ignored", E(tcsetpgrp(fd, tcgetpgrp(fd))));
	catch(SIGTTOU, 0);
	observe("write_caught", E(write(fd, "x", 1)));
	observe("set_caught", E(tcsetattr(fd, TCSANOW, &settings)));
	observe("flush_caught", E(tcflush(fd, TCIFLUSH)));
	observe("group_caught", E(tcsetpgrp(fd, tcgetpgrp(fd))));
	observe("write_signals", shared[SIGTTOU]);
	observe("get_is_free", E(tcgetattr(fd, &settings)));
}

static void writing_freely(void)
{
	observe("write_without_tostop", write(fd, "x", 1));
}

static void writing(void)
{
	background_done(writing_freely);
	set_flags(fd, TOSTOP, 0);
	stopping("write", writes);
	stopping("set", sets);
	stopping("group", takes);
	background_done(writing_prepared);
	set_flags(fd, 0, TOSTOP);
}

/* ---- groups that nobody could continue ---- */

static void orphan(void)
{
	struct termios settings;
	char byte;

	while (getppid() == shared[110])
		usleep(1000);
	tcgetattr(fd, &settings);
	observe("orphan_read", E(read(fd, &byte, 1)));
	observe("orphan_write", E(write(fd, "x", 1)));
	observe("orphan_set", E(tcsetattr(fd, TCSANOW, &settings)));
	observe("orphan_group", E(tcsetpgrp(fd, getpgrp())));
	signal(SIGTTIN, SIG_IGN);
	signal(SIGTTOU, SIG_IGN);
	observe("orphan_read_ignored", E(read(fd, &byte, 1)));
	observe("orphan_write_ignored", write(fd, "x", 1));
	shared[111] = 1;
}

static void orphaned(void)
{
	int pid;

	set_flags(fd, TOSTOP, 0);
	pid = fork();
	if (pid == 0) {
		setpgid(0, 0);
		shared[110] = getpid();
		if (fork() == 0) {
			orphan();
			_exit(0);
		}
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	await(&shared[111], 1);
	set_flags(fd, 0, TOSTOP);
}

/* ---- keys ---- */

static void waits(void)
{
	for (int i = 0; i < 3; i++)
		catch((int[]){ SIGINT, SIGQUIT, SIGTSTP }[i], 0);
	shared[102]++;
	for (;;)
		pause();
}

static void waits_plainly(void)
{
	shared[102]++;
	for (;;)
		pause();
}

static void key(const char *keys, int signal)
{
	int before = shared[signal];

	type(fd, keys);
	await(&shared[signal], before + 1);
}

static void keys(void)
{
	int status, front, behind;

	shared[102] = 0;
	behind = background(waits);
	await(&shared[102], 1);
	front = background(waits);
	await(&shared[102], 2);
	signal(SIGTTOU, SIG_IGN);
	tcsetpgrp(fd, front);
	key("\3", SIGINT);
	key("\34", SIGQUIT);
	key("\32", SIGTSTP);
	usleep(5000);
	observe("each_once", shared[SIGINT] + 10 * shared[SIGQUIT] + 100 * shared[SIGTSTP]);
	set_flags(fd, 0, ISIG | ECHO);
	type(fd, "\3\32");
	usleep(5000);
	observe("no_signals", shared[SIGINT] + 100 * shared[SIGTSTP]);
	set_flags(fd, ISIG, 0);
	kill(front, SIGKILL);
	kill(behind, SIGKILL);
	waitpid(front, &status, 0);
	waitpid(behind, &status, 0);
	front = background(waits_plainly);
	await(&shared[102], 3);
	tcsetpgrp(fd, front);
	type(fd, "\32");
	waitpid(front, &status, WUNTRACED);
	observe_hex("suspended", (unsigned)status);
	kill(front, SIGCONT);
	type(fd, "\3");
	waitpid(front, &status, WUNTRACED);
	observe_hex("interrupted", (unsigned)status);
	tcsetpgrp(fd, getpgrp());
	/* the key takes what was typed before it along, unless NOFLSH */
	signal(SIGINT, SIG_IGN);
	tcflush(fd, TCIFLUSH);
	type(fd, "ab\3c\n");
	observe_read("flushed", fd, 10);
	set_flags(fd, NOFLSH, 0);
	type(fd, "ab\3c\n");
	observe_read("not_flushed", fd, 10);
	set_flags(fd, ECHO, NOFLSH);
	signal(SIGTTOU, SIG_DFL);
}

static void session(void)
{
	fd = terminal_open(0);
	reading();
	background_done(reading_prepared);
	writing();
	orphaned();
	keys();
	signal(SIGHUP, SIG_IGN);
}

TEST
{
	shared_create();
	in_session(session);
	return 0;
}
