/* SPDX-License-Identifier: MIT */
/* tty_settings.c - reading without lines (VMIN, VTIME), and the requests that change settings. */
#include "terminal.h"

#include <time.h>

static int fd;
static struct termios initial;

static long milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int available(void)
{
	int count = -1;

	ioctl(fd, FIONREAD, &count);
	return count;
}

static int ready(void)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

	return poll(&poll_fd, 1, 0);
}

/* Types them in a child, one every 10 ms. */
static void slowly(const char *keys)
{
	if (fork() == 0) {
		for (; *keys; keys++) {
			usleep(10000);
			ioctl(fd, TIOCSTI, keys);
		}
		_exit(0);
	}
}

static void minimum(void)
{
	set_raw(fd, 0, 0);
	observe_read("none_wanted", fd, 10);
	type(fd, "abc");
	observe("raw_count", available());
	observe_read("what_is_there", fd, 10);
	set_raw(fd, 3, 0);
	type(fd, "ab");
	observe("too_few_ready", ready());
	observe("too_few_count", available());
	type(fd, "cde");
	observe("enough_ready", ready());
	observe_read("more_than_enough", fd, 10);
	slowly("vwx");
	observe_read("waits_for_three", fd, 10);
	wait(NULL);
	slowly("ij");
	observe_read("wants_less", fd, 2);
	wait(NULL);
	set_raw(fd, 1, 0);
	type(fd, "\3\4\25\n\r");
	observe_read("nothing_special", fd, 10);
}

static void time_limits(void)
{
	long start = milliseconds();

	set_raw(fd, 0, 2);
	observe_read("time_over", fd, 10);
	observe("took_time", milliseconds() - start >= 195);
	slowly("p");
	observe_read("first_byte_ends", fd, 10);
	wait(NULL);
	set_raw(fd, 5, 1);
	slowly("qr");
	observe_read("pause_ends", fd, 10);
	wait(NULL);
	slowly("stuvw");
	observe_read("enough_ends", fd, 10);
	wait(NULL);
}

static void without_waiting(void)
{
	fcntl(fd, F_SETFL, O_RDWR | O_NONBLOCK);
	set_raw(fd, 1, 0);
	observe_read("nonblocking", fd, 10);
	set_raw(fd, 0, 0);
	observe_read("nonblocking_none_wanted", fd, 10);
	set_raw(fd, 0, 5);
	observe_read("nonblocking_timed", fd, 10);
	set_raw(fd, 3, 0);
	type(fd, "ab");
	observe_read("nonblocking_few", fd, 10);
	tcsetattr(fd, TCSAFLUSH, &initial);
	fcntl(fd, F_SETFL, O_RDWR);
}

/* What becomes of input that is there while settings change. */
static void changes(void)
{
	struct termios raw, quiet = initial;

	quiet.c_lflag &= ~(tcflag_t)ECHO;
	raw = quiet;
	raw.c_lflag &= ~(tcflag_t)ICANON;
	raw.c_cc[VMIN] = 0;
	raw.c_cc[VTIME] = 0;
	tcsetattr(fd, TCSANOW, &quiet);
	type(fd, "half");
	tcsetattr(fd, TCSANOW, &raw);
	observe_read("now", fd, 10);
	type(fd, "kept");
	tcsetattr(fd, TCSADRAIN, &raw);
	observe_read("drain", fd, 10);
	type(fd, "lost");
	tcsetattr(fd, TCSAFLUSH, &raw);
	observe_read("flush", fd, 10);
	type(fd, "line");
	tcsetattr(fd, TCSANOW, &quiet);
	observe("back_to_lines", available());
	type(fd, "\n");
	observe_read("as_a_line", fd, 10);
	tcsetattr(fd, TCSAFLUSH, &raw);
	type(fd, "in");
	observe("flush_output", E(tcflush(fd, TCOFLUSH)));
	observe("kept_input", available());
	observe("flush_input", E(tcflush(fd, TCIFLUSH)));
	observe("no_input", available());
	observe("flush_what", E(tcflush(fd, 7)));
	observe("flow_what", E(tcflow(fd, 9)));
	observe("drain_it", E(tcdrain(fd)));
	tcsetattr(fd, TCSAFLUSH, &initial);
}

static void requests(void)
{
	int pipes[2], null = open("/dev/null", O_RDWR), number = -1;
	struct termios settings = initial, again;
	struct winsize window;

	pipe(pipes);
	observe("pipe_settings", E(tcgetattr(pipes[0], &settings)));
	observe("null_settings", E(tcgetattr(null, &settings)));
	observe("pipe_window", E(ioctl(pipes[0], TIOCGWINSZ, &window)));
	observe("null_group", E(tcgetpgrp(null)));
	observe("pipe_count", E(ioctl(pipes[0], FIONREAD, &number)));
	observe("pipe_counted", number);
	observe("bad_get", E(ioctl(fd, TCGETS, 8)));
	observe("bad_set", E(ioctl(fd, TCSETS, 8)));
	observe("bad_window", E(ioctl(fd, TIOCGWINSZ, 8)));
	observe("bad_count", E(ioctl(fd, FIONREAD, 8)));
	observe("bad_type", E(ioctl(fd, TIOCSTI, 8)));
	observe("unknown", E(ioctl(fd, 0x54ff, 0)));
	observe("window", E(ioctl(fd, TIOCGWINSZ, &window)));
	observe("rows", window.ws_row);
	observe("columns", window.ws_col);
	observe("discipline", E(ioctl(fd, TIOCGETD, &number)));
	observe("discipline_is", number);
	observe("output_left", E(ioctl(fd, TIOCOUTQ, &number)));
	observe("output_left_is", number);
	settings = initial;
	settings.c_cc[VKILL] = 'k';
	settings.c_cc[VTIME] = 9;
	observe("set", E(ioctl(fd, TCSETS, &settings)));
	ioctl(fd, TCGETS, &again);
	observe("all_kept", memcmp(&settings, &again, 36));
	tcsetattr(fd, TCSANOW, &initial);
}

static void resized(int signal)
{
	shared[0]++;
}

/* The serial line keeps a size that it is given. */
static void window(void)
{
	struct winsize size = { 30, 90, 5, 6 }, now;
	int serial;

	signal(SIGWINCH, resized);
	serial = open("/dev/ttyS0", O_RDWR | O_NOCTTY);
	ioctl(serial, TIOCGWINSZ, &now);
	observe("no_size", now.ws_row + now.ws_col);
	observe("take", E(ioctl(serial, TIOCSCTTY, 0)));
	observe("resize", E(ioctl(serial, TIOCSWINSZ, &size)));
	observe("told", shared[0]);
	ioctl(serial, TIOCGWINSZ, &now);
	observe("size_kept", memcmp(&now, &size, sizeof(now)));
	ioctl(serial, TIOCSWINSZ, &size);
	observe("told_of_changes_only", shared[0]);
	signal(SIGHUP, SIG_IGN);
}

static void session(void)
{
	fd = terminal_open(O_NOCTTY);
	tcgetattr(fd, &initial);
	minimum();
	time_limits();
	without_waiting();
	changes();
	requests();
}

TEST
{
	shared_create();
	in_session(session);
	in_session(window);
	return 0;
}
