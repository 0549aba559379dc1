/* SPDX-License-Identifier: MIT */
/* atomic_writes.c - eight writers on one pipe: records of up to PIPE_BUF bytes stay whole. */
#define _GNU_SOURCE
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <string.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define WRITERS 8
#define RECORDS 40

enum how { BLOCKING, NONBLOCKING, VECTORS };

/* A record: who, then its length, then his letter to the end. */
static void record_make(char *record, int writer, int length)
{
	memset(record, 'a' + writer, length);
	record[0] = '0' + writer;
	memcpy(record + 1, &length, sizeof(length));
}

static void writer(int fd, int number, int size, enum how how)
{
	static char record[4096];
	struct pollfd one = { .fd = fd, .events = POLLOUT };

	for (int i = 0; i < RECORDS; i++) {
		int length = size - (i * 37 + number * 11) % 64;
		struct iovec parts[3] = { { record, 3 }, { record + 3, 97 }, { record + 100, length - 100 } };
		long result;

		record_make(record, number, length);
		do {
			if (how == NONBLOCKING)
				poll(&one, 1, -1);
			result = how == VECTORS ? writev(fd, parts, 3) : write(fd, record, length);
		} while (result < 0 && errno == EAGAIN);
		if (result != length)
			_exit(1); /* neither all nor nothing */
		sched_yield();
	}
	_exit(0);
}

static long read_whole(int fd, char *to, long bytes)
{
	long done = 0, part;

	while (done < bytes && (part = read(fd, to + done, bytes - done)) > 0)
		done += part;
	return done;
}

/* Records read that are whole and in their writer's order. */
static int reader(int fd)
{
	static char record[4096], right[4096];
	int whole = 0, length;

	while (read_whole(fd, record, 5) == 5) {
		memcpy(&length, record + 1, sizeof(length));
		if (length < 5 || length > 4096 ||
		    read_whole(fd, record + 5, length - 5) != length - 5)
			return -1;
		record_make(right, record[0] - '0', length);
		if (memcmp(record, right, length))
			return -2;
		whole++;
	}
	return whole;
}

static void eight(const char *name, int size, enum how how)
{
	int end[2], status, failed = 0;

	pipe(end);
	fcntl(end[1], F_SETPIPE_SZ, 2 * PAGE); /* so that there is seldom room for all */
	if (how == NONBLOCKING)
		fcntl(end[1], F_SETFL, O_NONBLOCK);
	for (int i = 0; i < WRITERS; i++)
		if (fork() == 0)
			writer(end[1], i, size, how);
	close(end[1]);
	observe_number(text("%s_whole", name), reader(end[0]));
	close(end[0]);
	while (wait(&status) > 0)
		failed += status != 0;
	observe_number(text("%s_failed", name), failed);
}

/* A larger write may be cut, but loses no byte. */
static void larger(void)
{
	static char part[20000];
	long counts[WRITERS] = { 0 }, got;
	int end[2], right = 0;

	pipe(end);
	for (int i = 0; i < WRITERS; i++) {
		if (fork() == 0) {
			memset(part, i, sizeof(part));
			_exit(write(end[1], part, sizeof(part)) != sizeof(part));
		}
	}
	close(end[1]);
	while ((got = read(end[0], part, 777)) > 0)
		for (long i = 0; i < got; i++)
			counts[(int)part[i]]++;
	for (int i = 0; i < WRITERS; i++)
		right += counts[i] == sizeof(part);
	observe_number("larger_right", right);
	while (wait(NULL) > 0)
		;
}

TEST
{
	eight("small", 200, BLOCKING);
	eight("middle", 2500, BLOCKING);
	eight("page", 4096, BLOCKING);
	eight("nonblocking", 3100, NONBLOCKING);
	eight("vectors", 4096, VECTORS);
	larger();
	return 0;
}
