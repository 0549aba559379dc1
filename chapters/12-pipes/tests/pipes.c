/* SPDX-License-Identifier: MIT */
/* pipes.c - what pipe(2) makes, and what its two ends do and refuse. */
#define _GNU_SOURCE
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static volatile sig_atomic_t caught;
static void count(int signal)
{
	caught++;
}

static void flags(void)
{
	static const struct {
		const char *name;
		int flags;
	} tries[] = { { "none", 0 },
		      { "cloexec", O_CLOEXEC },
		      { "nonblock", O_NONBLOCK },
		      { "direct", O_DIRECT },
		      { "all", O_CLOEXEC | O_NONBLOCK | O_DIRECT },
		      { "append", O_APPEND },
		      { "rdwr", O_RDWR },
		      { "bit31", 1 << 31 } };
	int end[2];

	for (size_t i = 0; i < sizeof(tries) / sizeof(*tries); i++) {
		long result = sys(SYS_pipe2, end, tries[i].flags);

		observe(text("pipe2_%s", tries[i].name), result);
		for (int side = 0; result == 0 && side < 2; side++) {
			observe_hex(text("fd_%s_%d", tries[i].name, side), fcntl(end[side], F_GETFD));
			observe_hex(text("fl_%s_%d", tries[i].name, side), fcntl(end[side], F_GETFL));
			close(end[side]);
		}
	}
}

static void errors(void)
{
	char *none = map_pages(1, PROT_NONE), *last = map_pages(2, PROT_READ | PROT_WRITE);
	struct rlimit old, few = { 0, 0 };
	int end[2] = { -7, -7 }, next;

	munmap(last + PAGE, PAGE);
	observe("pipe_null", sys(SYS_pipe, NULL));
	observe("pipe_none", sys(SYS_pipe, none));
	observe("pipe_half", sys(SYS_pipe, last + PAGE - 4));
	next = dup(0);
	observe_number("nothing_left_open", next == 4);
	close(next);
	getrlimit(RLIMIT_NOFILE, &old);
	few = old;
	few.rlim_cur = 5; /* room for one: 0 to 3 are open */
	setrlimit(RLIMIT_NOFILE, &few);
	observe("one_too_few", sys(SYS_pipe, end));
	observe_number("untouched", end[0] == -7 && end[1] == -7);
	few.rlim_cur = 4;
	setrlimit(RLIMIT_NOFILE, &few);
	observe("two_too_few", sys(SYS_pipe, end));
	setrlimit(RLIMIT_NOFILE, &old);
	observe("pipe_again", sys(SYS_pipe, end));
	observe_number("lowest", end[0] == 4 && end[1] == 5);
	close(4), close(5);
}

static void refusals(void)
{
	char byte = 'x';
	int end[2];

	pipe(end);
	observe("read_of_writer", sys(SYS_read, end[1], &byte, 1));
	observe("write_of_reader", sys(SYS_write, end[0], &byte, 1));
	for (int side = 0; side < 2; side++) {
		observe(text("lseek_%d", side), sys(SYS_lseek, end[side], 0, SEEK_CUR));
		observe(text("ftruncate_%d", side), sys(SYS_ftruncate, end[side], 0));
		observe(text("fsync_%d", side), sys(SYS_fsync, end[side]));
		observe(text("fallocate_%d", side), sys(SYS_fallocate, end[side], 0, 0, 1));
		observe(text("getdents_%d", side), sys(SYS_getdents64, end[side], &byte, 1));
	}
	observe("pread", sys(SYS_pread64, end[0], &byte, 1, 0));
	observe("pwrite", sys(SYS_pwrite64, end[1], &byte, 1, 0));
	observe("mmap", (long)sys(SYS_mmap, 0, PAGE, PROT_READ, MAP_PRIVATE, end[0], 0));
	observe("read_of_nothing", sys(SYS_read, end[0], &byte, 0));
	observe("write_of_nothing", sys(SYS_write, end[1], &byte, 0));
	observe("fchmod", sys(SYS_fchmod, end[0], 0640));
	close(end[0]);
	observe("write_of_nothing_broken", sys(SYS_write, end[1], &byte, 0));
	close(end[1]);
}

static void status(void)
{
	struct stat a, b;
	int end[2], other[2];

	pipe(end), pipe(other);
	write(end[1], "abc", 3);
	fstat(end[0], &a), fstat(end[1], &b);
	observe_hex("mode", a.st_mode);
	observe_number("nlink", a.st_nlink);
	observe_number("size", a.st_size);
	observe_number("blksize", a.st_blksize);
	observe_number("blocks", a.st_blocks);
	observe_number("owner", a.st_uid == getuid() && a.st_gid == getgid());
	observe_number("one_inode", a.st_ino == b.st_ino && a.st_dev == b.st_dev);
	fstat(other[0], &b);
	observe_number("another_inode", a.st_ino != b.st_ino && a.st_dev == b.st_dev);
	close(end[0]), close(end[1]), close(other[0]), close(other[1]);
}

static long waiting(int fd)
{
	int bytes = -5;
	long result = sys(SYS_ioctl, fd, FIONREAD, &bytes);

	return result ? result : bytes;
}

static void ioctls(void)
{
	char bytes[8];
	int end[2];

	pipe(end);
	observe("fionread_empty", waiting(end[0]));
	write(end[1], "hello", 5), write(end[1], "world", 5);
	observe("fionread", waiting(end[0]));
	observe("fionread_writer", waiting(end[1]));
	read(end[0], bytes, 3);
	observe("fionread_after", waiting(end[0]));
	observe("fionread_fault", sys(SYS_ioctl, end[0], FIONREAD, NULL));
	observe("fionbio", sys(SYS_ioctl, end[0], FIONBIO, &(int){ 1 }));
	observe_hex("fionbio_flags", fcntl(end[0], F_GETFL));
	observe("tcgets", sys(SYS_ioctl, end[0], 0x5401, bytes));
	close(end[1]);
	observe("fionread_closed", waiting(end[0]));
	close(end[0]);
}

/* What is asked for regular files alone: a pipe lies in a file system of its own. */
static void no_file(void)
{
	int end[2], file = open("/proc/self/exe", O_RDONLY);
	long zero = 0;

	pipe(end);
	observe("range_into_pipe", sys(SYS_copy_file_range, file, 0, end[0], 0, 5, 0));
	observe("range_into_pipe_at", sys(SYS_copy_file_range, file, 0, end[1], &zero, 5, 0));
	observe("clone_into_pipe", sys(SYS_ioctl, end[1], 0x40049409 /* FICLONE */, file));
	observe("clone_within_pipe", sys(SYS_ioctl, end[1], 0x40049409, end[0]));
	observe("clone_bad_range", sys(SYS_ioctl, end[1], 0x4020940d /* FICLONERANGE */, 8));
	observe("extents_of_pipe", sys(SYS_ioctl, end[1], 0xc020660b /* FS_IOC_FIEMAP */, 8));
	close(end[0]), close(end[1]), close(file);
}

static void broken(void)
{
	char bytes[8];
	int end[2];

	pipe(end);
	write(end[1], "last", 4);
	close(end[1]);
	observe("rest", sys(SYS_read, end[0], bytes, 8));
	observe("eof", sys(SYS_read, end[0], bytes, 8));
	observe("eof_again", sys(SYS_read, end[0], bytes, 8));
	close(end[0]);

	pipe(end);
	close(end[0]);
	signal(SIGPIPE, count);
	observe("epipe_caught", sys(SYS_write, end[1], "x", 1));
	observe_number("caught", caught);
	signal(SIGPIPE, SIG_IGN);
	observe("epipe_ignored", sys(SYS_write, end[1], "x", 1));
	fcntl(end[1], F_SETFL, O_NONBLOCK);
	observe("epipe_nonblock", sys(SYS_write, end[1], "x", 1));
	observe("epipe_before_fault", sys(SYS_write, end[1], 8, 1));
	close(end[1]);
}

static void die_of_sigpipe(void)
{
	int end[2];

	pipe(end);
	close(end[0]);
	write(end[1], "x", 1);
}

static void vectors(void)
{
	char a[4] = "....", b[4] = "....", c[4] = "....";
	struct iovec out[3] = { { "one", 3 }, { NULL, 0 }, { "three", 5 } };
	struct iovec in[3] = { { a, 2 }, { b, 0 }, { c, 4 } };
	int end[2];

	pipe2(end, O_NONBLOCK);
	observe("writev", sys(SYS_writev, end[1], out, 3));
	observe("readv", sys(SYS_readv, end[0], in, 3));
	observe_bytes("first", a, 4);
	observe_bytes("third", c, 4);
	observe("readv_rest", sys(SYS_readv, end[0], in, 3));
	observe("readv_empty", sys(SYS_readv, end[0], in, 3));
	observe("writev_none", sys(SYS_writev, end[1], out, 0));
	observe("writev_many", sys(SYS_writev, end[1], out, 1025));
	out[0].iov_len = -1;
	observe("writev_negative", sys(SYS_writev, end[1], out, 3));
	observe("preadv", sys(SYS_preadv, end[0], in, 3, 0, 0));
	close(end[0]), close(end[1]);
}

/* Memory that ends midway: what was moved, and what is left in the pipe. */
static void faults(void)
{
	char *hole = map_pages(4, PROT_READ | PROT_WRITE), bytes[200];
	struct iovec two[2];
	int end[2];

	memset(hole, 'h', 3 * PAGE);
	munmap(hole + 3 * PAGE, PAGE);
	pipe2(end, O_NONBLOCK);
	observe("write_hole", sys(SYS_write, end[1], hole + 3 * PAGE, 10));
	observe("write_into_hole", sys(SYS_write, end[1], hole + 3 * PAGE - 100, 200));
	observe("write_pages_hole", sys(SYS_write, end[1], hole, 4 * PAGE));
	while (read(end[0], bytes, sizeof(bytes)) > 0)
		;
	observe("write_odd_hole", sys(SYS_write, end[1], hole + 100, 3 * PAGE));
	close(end[0]), close(end[1]);

	pipe2(end, O_NONBLOCK);
	two[0] = (struct iovec){ "good", 4 };
	two[1] = (struct iovec){ hole + 3 * PAGE, 4 };
	write(end[1], "before", 6);
	observe("writev_hole", sys(SYS_writev, end[1], two, 2));
	observe("fionread_writev", waiting(end[0]));
	memset(bytes, '.', sizeof(bytes));
	observe("read_into_hole", sys(SYS_read, end[0], hole + 3 * PAGE - 3, 6));
	observe("fionread_read", waiting(end[0]));
	observe("read_all", sys(SYS_read, end[0], bytes, 6));
	observe_bytes("unharmed", bytes, 6);
	memset(hole, 'p', 2 * PAGE);
	write(end[1], hole, 2 * PAGE);
	observe("read_pages_hole", sys(SYS_read, end[0], hole + PAGE + 100, 2 * PAGE));
	observe("fionread_pages", waiting(end[0]));
	close(end[0]), close(end[1]);
}

static void packets(void)
{
	char bytes[100], *large = map_pages(2, PROT_READ | PROT_WRITE);
	int end[2];

	pipe2(end, O_DIRECT | O_NONBLOCK);
	write(end[1], "one", 3), write(end[1], "second", 6), write(end[1], "three", 5);
	observe("packet_whole", sys(SYS_read, end[0], bytes, 100));
	observe("packet_part", sys(SYS_read, end[0], bytes, 2));
	observe("packet_next", sys(SYS_read, end[0], bytes, 100));
	observe_bytes("packet_bytes", bytes, 5);
	write(end[1], large, PAGE + 10);
	observe("packet_page", sys(SYS_read, end[0], large, 2 * PAGE));
	observe("packet_rest", sys(SYS_read, end[0], large, 2 * PAGE));
	fcntl(end[1], F_SETFL, O_NONBLOCK);
	write(end[1], "ab", 2), write(end[1], "cd", 2);
	fcntl(end[1], F_SETFL, O_NONBLOCK | O_DIRECT);
	write(end[1], "ef", 2);
	observe("stream_then_packet", sys(SYS_read, end[0], bytes, 100));
	observe("then_packet", sys(SYS_read, end[0], bytes, 100));
	close(end[0]), close(end[1]);
}

/* /proc/self/fd/N is another open of the same pipe, by either side, or both. */
static void opened_again(void)
{
	char bytes[8];
	int end[2], again, both;

	pipe(end);
	again = open(text("/proc/self/fd/%d", end[0]), O_WRONLY);
	observe_number("writer_from_reader", again >= 0);
	observe("write_again", sys(SYS_write, again, "via", 3));
	observe("read_via", sys(SYS_read, end[0], bytes, 8));
	both = open(text("/proc/self/fd/%d", end[1]), O_RDWR);
	observe_number("both", both >= 0);
	close(end[0]);
	observe("write_while_both", sys(SYS_write, end[1], "still", 5));
	observe("read_both", sys(SYS_read, both, bytes, 8));
	close(end[1]), close(again);
	fcntl(both, F_SETFL, O_NONBLOCK);
	observe("own_writer", sys(SYS_read, both, bytes, 8));
	again = open(text("/proc/self/fd/%d", both), O_RDONLY);
	observe_number("reader_again", again >= 0);
	close(both);
	observe("last_writer_gone", sys(SYS_read, again, bytes, 8));
	both = readlink(text("/proc/self/fd/%d", again), bytes, 5);
	observe_bytes("link", bytes, both);
	close(again);
}

TEST
{
	flags();
	errors();
	refusals();
	status();
	ioctls();
	no_file();
	broken();
	observe_child("sigpipe", die_of_sigpipe);
	vectors();
	faults();
	packets();
	opened_again();
	return 0;
}
