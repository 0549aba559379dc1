/* SPDX-License-Identifier: MIT */
/* ends.c - which ends are open and what is in the pipe: what poll tells each side, and who wakes. */
#define _GNU_SOURCE
#include "waiting.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>

static char bytes[1 << 17];

static unsigned ready(int fd)
{
	struct pollfd one = { .fd = fd, .events = POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM | POLLPRI };

	return poll(&one, 1, 0) < 0 ? 0xffff : (unsigned)one.revents;
}

static unsigned told_unasked(int fd)
{
	struct pollfd one = { .fd = fd };

	return poll(&one, 1, 0) < 0 ? 0xffff : (unsigned)one.revents;
}

static void look(const char *name, int fd)
{
	observe_hex(text("%s", name), ready(fd));
	observe_hex(text("%s_unasked", name), told_unasked(fd));
}

/* An anonymous pipe: empty, with bytes, full; each with the other end open and closed. */
static void states(void)
{
	static const char *const names[] = { "empty", "some", "full" };
	static const size_t sizes[] = { 0, 10, 65536 };
	int end[2];

	for (int i = 0; i < 3; i++) {
		pipe(end);
		write(end[1], bytes, sizes[i]);
		look(text("reader_%s", names[i]), end[0]);
		look(text("writer_%s", names[i]), end[1]);
		close(end[1]);
		look(text("reader_%s_alone", names[i]), end[0]);
		close(end[0]);
		pipe(end);
		write(end[1], bytes, sizes[i]);
		close(end[0]);
		look(text("writer_%s_alone", names[i]), end[1]);
		close(end[1]);
	}
}

/* A FIFO: who never had a partner is not hung up; a partner who comes back ends the hang-up. */
static void fifo_states(void)
{
	int reader, writer, both;

	mkfifo("queue", 0600);
	reader = open("queue", O_RDONLY | O_NONBLOCK);
	look("fifo_never", reader);
	writer = open("queue", O_WRONLY | O_NONBLOCK);
	look("fifo_met", reader);
	look("fifo_writer", writer);
	close(writer);
	look("fifo_left", reader);
	writer = open("queue", O_WRONLY | O_NONBLOCK);
	look("fifo_back", reader);
	write(writer, "x", 1);
	close(writer);
	look("fifo_left_bytes", reader);
	both = open("queue", O_RDONLY | O_NONBLOCK);
	look("fifo_second_reader", both);
	look("fifo_first_reader", reader);
	close(both), close(reader);

	both = open("queue", O_RDWR);
	look("fifo_both", both);
	write(both, "y", 1);
	look("fifo_both_bytes", both);
	write(both, bytes, 65536 - PAGE);
	look("fifo_both_full", both);
	reader = open("queue", O_RDONLY | O_NONBLOCK);
	close(both);
	look("fifo_both_left", reader);
	close(reader);
	unlink("queue");
}

/* A child polls for `events` alone; what does the parent's deed make of it? */
static int poller(int fd, int unused, short events)
{
	int pid = fork();

	if (pid == 0) {
		struct pollfd one = { .fd = fd, .events = events };

		close(unused);
		poll(&one, 1, -1);
		_exit(one.revents);
	}
	until_asleep(pid);
	return pid;
}

static void wakings(void)
{
	int end[2], pid;

	pipe(end);
	pid = poller(end[0], end[1], POLLIN);
	write(end[1], "x", 1);
	observe_number("wake_in", exit_of(pid));
	read(end[0], bytes, 1);
	pid = poller(end[0], end[1], POLLIN);
	close(end[1]);
	observe_number("wake_in_closed", exit_of(pid));
	close(end[0]);

	pipe(end);
	pid = poller(end[0], end[1], 0);
	close(end[1]);
	observe_number("wake_nothing_closed", exit_of(pid));
	close(end[0]);

	pipe(end);
	write(end[1], bytes, 65536);
	pid = poller(end[1], end[0], POLLOUT);
	read(end[0], bytes, PAGE);
	observe_number("wake_out", exit_of(pid));
	write(end[1], bytes, PAGE);
	pid = poller(end[1], end[0], POLLOUT);
	close(end[0]);
	observe_number("wake_out_closed", exit_of(pid));
	close(end[1]);

	pipe(end);
	pid = poller(end[1], end[0], 0);
	close(end[0]);
	observe_number("wake_error", exit_of(pid));
	close(end[1]);
}

static void nothing(int signal)
{
}

/* A call that sleeps on a pipe, in a child that keeps only its own end; it exits with how it ended:
 * 100 + bytes / 1000 when it moved some, errno else. */
static int sleeper(int end[2], bool writes, size_t size, int flags)
{
	int pid = fork();
	long result;

	if (pid)
		return until_asleep(pid), pid;
	sigaction(SIGUSR1, &(struct sigaction){ .sa_handler = nothing, .sa_flags = flags }, NULL);
	signal(SIGPIPE, SIG_IGN);
	close(end[!writes]);
	result = writes ? write(end[1], bytes, size) : read(end[0], bytes, size);
	_exit(result < 0 ? errno : 100 + result / 1000);
}

static void calls(void)
{
	int end[2], pid;

	pipe(end);
	pid = sleeper(end, false, 10000, 0);
	write(end[1], bytes, 5000);
	observe_number("read_wakes", exit_of(pid));
	pid = sleeper(end, false, 10, 0);
	close(end[1]);
	observe_number("read_eof", exit_of(pid));
	close(end[0]);

	pipe(end);
	pid = sleeper(end, false, 10, 0);
	kill(pid, SIGUSR1);
	observe_number("read_interrupted", exit_of(pid));
	pid = sleeper(end, false, 10, SA_RESTART);
	kill(pid, SIGUSR1);
	until_asleep(pid);
	write(end[1], "x", 1);
	observe_number("read_restarted", exit_of(pid));
	pid = sleeper(end, true, 100000, 0);
	kill(pid, SIGUSR1);
	observe_number("write_part", exit_of(pid));
	pid = sleeper(end, true, 100, 0);
	kill(pid, SIGUSR1);
	observe_number("write_interrupted", exit_of(pid));
	pid = sleeper(end, true, 100000, SA_RESTART);
	read(end[0], bytes, 8192);
	until_asleep(pid);
	close(end[0]);
	observe_number("write_part_broken", exit_of(pid));
	close(end[1]);

	pipe(end);
	write(end[1], bytes, 65536);
	pid = sleeper(end, true, 100, 0);
	close(end[0]);
	observe_number("write_broken", exit_of(pid));
	close(end[1]);
	pipe(end);
	pid = sleeper(end, true, 100000, 0);
	kill(pid, SIGKILL);
	observe_number("write_killed", exit_of(pid));
	close(end[0]), close(end[1]);
}

TEST
{
	states();
	fifo_states();
	wakings();
	calls();
	return 0;
}
