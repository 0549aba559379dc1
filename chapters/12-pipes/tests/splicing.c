/* SPDX-License-Identifier: MIT */
/* splicing.c - splice: from pipes, into pipes, between pipes; refusals, waiting, positions. */
#define _GNU_SOURCE
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char name[] = "/tmp/splicing-XXXXXX";
static int in[2], out[2], file;

static long splice_(int from, long *from_at, int to, long *to_at, size_t count, unsigned flags)
{
	return sys(SYS_splice, from, from_at, to, to_at, count, flags);
}

/* What is in a pipe now. */
static void holds(const char *key, int end)
{
	char bytes[64] = "";
	int flags = fcntl(end, F_GETFL);
	long got;

	fcntl(end, F_SETFL, flags | O_NONBLOCK);
	got = sys(SYS_read, end, bytes, sizeof(bytes));
	fcntl(end, F_SETFL, flags);
	observe(text("%s_bytes", key), got);
	observe_bytes(text("%s_text", key), bytes, got > 0 ? got : 0);
}

static void from_pipe(void)
{
	char bytes[32] = "";
	long at = 20;
	int null = open("/dev/null", O_WRONLY), append = open(name, O_WRONLY | O_APPEND);

	write(in[1], "hello", 5), write(in[1], " world", 6);
	observe("to_file", splice_(in[0], NULL, file, NULL, 7, 0));
	observe("rest_only", splice_(in[0], NULL, file, NULL, 100, SPLICE_F_MOVE));
	observe("position", lseek(file, 0, SEEK_CUR));
	write(in[1], "there", 5);
	observe("to_file_at", splice_(in[0], NULL, file, &at, 100, 0));
	observe_number("at", at);
	observe("position_kept", lseek(file, 0, SEEK_CUR));
	observe_bytes("file", bytes, pread(file, bytes, sizeof(bytes), 0));
	write(in[1], "gone", 4);
	observe("to_null", splice_(in[0], NULL, null, NULL, 100, 0));
	observe("empty_nonblock", splice_(in[0], NULL, null, NULL, 100, SPLICE_F_NONBLOCK));
	fcntl(in[0], F_SETFL, O_NONBLOCK);
	observe("empty_o_nonblock", splice_(in[0], NULL, null, NULL, 100, 0));
	fcntl(in[0], F_SETFL, 0);
	write(in[1], "kept", 4);
	observe("append", splice_(in[0], NULL, append, NULL, 4, 0));
	at = -1;
	observe("negative", splice_(in[0], NULL, file, &at, 4, 0));
	observe("null_at", splice_(in[0], NULL, null, &(long){ 0 }, 0, 0));
	holds("still", in[0]);
	close(null), close(append);
}

static void into_pipe(void)
{
	long at = 6;
	int directory = open("/", O_RDONLY);

	lseek(file, 0, SEEK_SET);
	observe("from_file", splice_(file, NULL, out[1], NULL, 5, 0));
	observe("from_position", lseek(file, 0, SEEK_CUR));
	observe("from_file_at", splice_(file, &at, out[1], NULL, 3, 0));
	observe_number("from_at", at);
	holds("two", out[0]);
	at = 1000;
	observe("past_end", splice_(file, &at, out[1], NULL, 3, 0));
	at = -1;
	observe("from_negative", splice_(file, &at, out[1], NULL, 3, 0));
	observe("directory", splice_(directory, NULL, out[1], NULL, 3, 0));
	close(directory);
}

static void full(void)
{
	static char page[4096];
	long at = 0;
	int free = 2;

	ftruncate(file, 5 * 4096);
	for (int i = 0; i < 16 - free; i++)
		write(out[1], page, sizeof(page));
	observe("until_full", splice_(file, &at, out[1], NULL, 5 * 4096, 0));
	observe_number("until_full_at", at);
	observe("full_nonblock", splice_(file, &at, out[1], NULL, 1, SPLICE_F_NONBLOCK));
	write(in[1], "x", 1);
	observe("full_pipes", splice_(in[0], NULL, out[1], NULL, 1, SPLICE_F_NONBLOCK));
	holds("not_taken", in[0]);
	for (int i = 0; i < 16; i++)
		read(out[0], page, sizeof(page));
	holds("emptied", out[0]);
}

static void between(void)
{
	write(in[1], "from pipe to pipe", 17);
	observe("between", splice_(in[0], NULL, out[1], NULL, 4, 0));
	observe("between_rest", splice_(in[0], NULL, out[1], NULL, 100, 0));
	holds("between", out[0]);
	observe("between_empty", splice_(in[0], NULL, out[1], NULL, 1, SPLICE_F_NONBLOCK));
	write(in[1], "x", 1);
	observe("itself", splice_(in[0], NULL, in[1], NULL, 1, 0));
	holds("itself", in[0]);
}

static void refusals(void)
{
	long at = 0;

	observe("nothing_at_all", splice_(-1, NULL, -1, NULL, 0, 0x80));
	observe("unknown_flags", splice_(-1, NULL, -1, NULL, 1, 0x10));
	observe("closed_in", splice_(99, &at, out[1], &at, 1, 0));
	observe("closed_out", splice_(in[0], &at, 99, NULL, 1, 0));
	observe("offset_of_pipe", splice_(in[0], &at, file, NULL, 1, 0));
	observe("offset_of_pipe_there", splice_(file, NULL, out[1], &at, 1, 0));
	observe("offset_before_fault", splice_(in[0], (void *)8, file, (void *)8, 1, 0));
	observe("bad_offset", splice_(in[0], NULL, file, (void *)8, 1, 0));
	observe("bad_offset_before_rights", splice_(in[1], NULL, file, (void *)8, 1, 0));
	observe("wrong_end", splice_(in[1], NULL, file, NULL, 1, 0));
	observe("wrong_end_there", splice_(file, NULL, out[0], NULL, 1, 0));
	observe("no_pipe", splice_(file, NULL, file, NULL, 1, 0));
	observe("no_pipe_rights", splice_(file, NULL, open("/dev/null", O_RDONLY), NULL, 1, 0));
}

static void waiting(void)
{
	int status, pid;

	fflush(NULL);
	pid = fork();
	if (pid == 0) { /* waits for the bytes, then sees the end */
		long first, last;

		close(in[1]);
		first = splice_(in[0], NULL, out[1], NULL, 100, 0);
		last = splice_(in[0], NULL, out[1], NULL, 100, 0);
		_exit(first == 5 && last == 0 ? 7 : 1);
	}
	write(in[1], "later", 5);
	close(in[1]);
	waitpid(pid, &status, 0);
	observe_number("waited", WEXITSTATUS(status));
	holds("later", out[0]);
	observe("no_writer", splice_(in[0], NULL, out[1], NULL, 1, 0));
	signal(SIGPIPE, SIG_IGN);
	close(out[0]);
	observe("no_reader", splice_(file, &(long){ 0 }, out[1], NULL, 1, 0));
}

TEST
{
	file = mkstemp(name);
	if (pipe(in) || pipe(out) || file < 0)
		abort();
	refusals();
	from_pipe();
	into_pipe();
	full();
	between();
	waiting();
	unlink(name);
	return 0;
}
