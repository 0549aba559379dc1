/* SPDX-License-Identifier: MIT */
/* capacity.c - how much a pipe holds, and what a write does when there is too little room. */
#define _GNU_SOURCE
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static char bytes[1 << 21];
static int end[2];

static void open_pipe(void)
{
	pipe2(end, O_NONBLOCK);
}

static void close_pipe(void)
{
	close(end[0]), close(end[1]);
}

static int writable(void)
{
	struct pollfd one = { .fd = end[1], .events = POLLOUT };

	return poll(&one, 1, 0) == 1 && one.revents & POLLOUT;
}

static int waiting(void)
{
	int count = -1;

	ioctl(end[0], FIONREAD, &count);
	return count;
}

static void fill(const char *name, int size)
{
	long result, total = 0;

	open_pipe();
	while ((result = sys(SYS_write, end[1], bytes, size)) > 0)
		total += result;
	observe(text("%s_total", name), total);
	observe(text("%s_end", name), result);
	observe(text("%s_one_more", name), sys(SYS_write, end[1], bytes, 1));
	observe_number(text("%s_writable", name), writable());
	sys(SYS_read, end[0], bytes, 1);
	observe_number(text("%s_writable_one_read", name), writable());
	observe(text("%s_one_for_one", name), sys(SYS_write, end[1], bytes, 1));
	sys(SYS_read, end[0], bytes, PAGE - 1);
	observe_number(text("%s_writable_page_read", name), writable());
	observe(text("%s_again", name), sys(SYS_write, end[1], bytes, PAGE));
	close_pipe();
}

/* How much is left decides about all, a part, or nothing. */
static void nonblocking(int pages_left, int size)
{
	open_pipe();
	sys(SYS_write, end[1], bytes, (16 - pages_left) * PAGE);
	observe(text("left_%d_write_%d", pages_left, size), sys(SYS_write, end[1], bytes, size));
	observe_number(text("left_%d_write_%d_waiting", pages_left, size), waiting());
	close_pipe();
}

/* Odd bytes go behind others in a page if they fit there. */
static void odd_bytes(void)
{
	open_pipe();
	sys(SYS_write, end[1], bytes, 16 * PAGE - 100);
	observe("fits_behind", sys(SYS_write, end[1], bytes, 60));
	observe("does_not_fit", sys(SYS_write, end[1], bytes, 41));
	observe("fits_exactly", sys(SYS_write, end[1], bytes, 40));
	observe("full", sys(SYS_write, end[1], bytes, 1));
	close_pipe();
	open_pipe();
	sys(SYS_write, end[1], bytes, 15 * PAGE - 100);
	observe("odd_and_pages", sys(SYS_write, end[1], bytes, 2 * PAGE + 100));
	observe_number("odd_and_pages_waiting", waiting());
	close_pipe();
}

static void sizes(void)
{
	static const unsigned long asked[] = {
		0, 1, 4095, 4096, 4097, 65535, 65536, 65537, 1 << 20, (1 << 20) + 1, 1UL << 31,
		(1UL << 31) + 1, ~0UL,
	};
	int file = open("/proc/self/exe", O_RDONLY);

	open_pipe();
	observe("default", sys(SYS_fcntl, end[0], F_GETPIPE_SZ));
	for (size_t i = 0; i < 9; i++) {
		observe(text("set_%u", (unsigned)asked[i]), sys(SYS_fcntl, end[1], F_SETPIPE_SZ, asked[i]));
		observe(text("got_%u", (unsigned)asked[i]), sys(SYS_fcntl, end[0], F_GETPIPE_SZ));
	}
	observe("set_above_2g", sys(SYS_fcntl, end[1], F_SETPIPE_SZ, asked[11]));
	observe("set_all_ones", sys(SYS_fcntl, end[1], F_SETPIPE_SZ, asked[12]));
	observe("get_of_file", sys(SYS_fcntl, file, F_GETPIPE_SZ));
	observe("set_of_file", sys(SYS_fcntl, file, F_SETPIPE_SZ, 4096));
	close_pipe();
	close(file);
}

static void busy(void)
{
	open_pipe();
	sys(SYS_write, end[1], bytes, 3 * PAGE);
	observe("shrink_busy", sys(SYS_fcntl, end[1], F_SETPIPE_SZ, 2 * PAGE));
	observe("shrink", sys(SYS_fcntl, end[1], F_SETPIPE_SZ, 4 * PAGE));
	sys(SYS_read, end[0], bytes, PAGE + 1);
	observe("shrink_read", sys(SYS_fcntl, end[1], F_SETPIPE_SZ, 2 * PAGE));
	observe("shrunk_full", sys(SYS_write, end[1], bytes, 1));
	memset(bytes, 'g', 8 * PAGE);
	observe("grow", sys(SYS_fcntl, end[1], F_SETPIPE_SZ, 8 * PAGE));
	observe("grown_write", sys(SYS_write, end[1], bytes, 8 * PAGE));
	observe("grown_read", sys(SYS_read, end[0], bytes, sizeof(bytes)));
	observe_number("order", bytes[2 * PAGE - 2] == 0 && bytes[2 * PAGE - 1] == 'g');
	close_pipe();
}

/* Without CAP_SYS_RESOURCE: up to /proc/sys/fs/pipe-max-size. */
static void unprivileged(void)
{
	open_pipe();
	observe("root_2m", sys(SYS_fcntl, end[1], F_SETPIPE_SZ, 1 << 21));
	setuid(65534);
	observe("user_same", sys(SYS_fcntl, end[1], F_SETPIPE_SZ, 1 << 21));
	observe("user_4m", sys(SYS_fcntl, end[1], F_SETPIPE_SZ, 1 << 22));
	observe("user_1m", sys(SYS_fcntl, end[1], F_SETPIPE_SZ, 1 << 20));
	observe("user_2m", sys(SYS_fcntl, end[1], F_SETPIPE_SZ, 1 << 21));
	_exit(0);
}

TEST
{
	fill("bytes", 1);
	fill("pages", 4096);
	fill("three_thousand", 3000);
	fill("large", 100000);
	for (int left = 0; left <= 2; left++) {
		nonblocking(left, 1);
		nonblocking(left, 4096);
		nonblocking(left, 4097);
		nonblocking(left, 10000);
	}
	odd_bytes();
	sizes();
	busy();
	observe_child("unprivileged", unprivileged);
	return 0;
}
