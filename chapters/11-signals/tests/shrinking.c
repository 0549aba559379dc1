/* SPDX-License-Identifier: MIT */
/*
 * shrinking.c - maps of a file that is cut: which touch gets SIGBUS with which code and address,
 * what becomes of private copies, and that what comes back is zeros.
 */
#include "../../09-vfs/tests/scratch.h"

#include <setjmp.h>
#include <signal.h>

#define PAGES 4

static sigjmp_buf back;
static siginfo_t info;
static int fd;
static char *map;

static void note(int signal, siginfo_t *i, void *context)
{
	info = *i;
	siglongjmp(back, 1);
}

/* Reads, or writes, the byte at an offset. */
static void touch(const char *key, long offset, bool write)
{
	volatile char *at = map + offset;
	volatile int byte = -1;

	memset(&info, 0, sizeof(info));
	if (sigsetjmp(back, 1) == 0) {
		byte = *at;
		if (write)
			*at = 'w';
	}
	if (!info.si_signo) {
		observe_number(key, byte);
		return;
	}
	observe_text(key, text("signal %d code %d%s", info.si_signo, info.si_code,
			       info.si_addr == at ? "" : ", another address"));
}

static void write_only(const char *key, long offset)
{
	volatile char *at = map + offset;

	memset(&info, 0, sizeof(info));
	if (sigsetjmp(back, 1) == 0)
		*at = 'w';
	observe_text(key, text("signal %d code %d%s", info.si_signo, info.si_code,
			       !info.si_signo || info.si_addr == at ? "" : ", another address"));
}

/* Every page of a map of four is looked at, after the file was cut to one page and a half. */
static void cut(const char *name, int kind)
{
	int other = open("other", O_CREAT | O_RDWR, 0600);

	ftruncate(fd, 0);
	for (int i = 0; i < PAGES; i++)
		for (int at = 0; at < 64; at++)
			pwrite(fd, "0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqr", 64,
			       i * PAGE + at * 64);
	map = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, kind, fd, 0);
	map[100] = map[PAGE + 100] = map[PAGE + 3000] = map[2 * PAGE + 100] = '!';
	touch(text("%s_before", name), 3 * PAGE, false);
	SAYS(text("%s_cut", name), SYS_ftruncate, fd, PAGE + 2000);
	touch(text("%s_below", name), 100, true);
	touch(text("%s_last_page", name), PAGE + 100, false);
	touch(text("%s_last_page_behind_end", name), PAGE + 3000, true);
	touch(text("%s_copied_page", name), 2 * PAGE + 100, false);
	touch(text("%s_copied_page_written", name), 2 * PAGE + 100, true);
	touch(text("%s_read_page", name), 3 * PAGE + 5, false);
	write_only(text("%s_read_page_written", name), 3 * PAGE + 4095);
	SAYS(text("%s_kernel_reads", name), SYS_pwrite64, other, map + 2 * PAGE - 10, 20, 0);
	SAYS(text("%s_kernel_reads_beyond", name), SYS_pwrite64, other, map + 2 * PAGE, 20, 0);
	SAYS(text("%s_kernel_writes_beyond", name), SYS_pread64, other, map + 3 * PAGE, 5, 0);
	close(other);
	SAYS(text("%s_extend", name), SYS_ftruncate, fd, PAGES * PAGE);
	touch(text("%s_below_again", name), 100, false);
	touch(text("%s_behind_end_again", name), PAGE + 3000, false);
	touch(text("%s_untouched_behind_end", name), PAGE + 3500, false);
	touch(text("%s_copied_again", name), 2 * PAGE + 100, false);
	touch(text("%s_read_again", name), 3 * PAGE + 5, true);
	touch(text("%s_written_again", name), 3 * PAGE + 5, false);
	munmap(map, PAGES * PAGE);
}

/* A child's copy of a private map goes as well; the child of a fork after the cut gets SIGBUS. */
static void beyond(void)
{
	touch("child_beyond", 2 * PAGE, false);
	SAYS("child_madvise", SYS_madvise, map, PAGES * PAGE, MADV_DONTNEED);
	touch("child_below", 0, false);
}

static void cut_by_child(void)
{
	ftruncate(fd, 10);
}

TEST
{
	struct sigaction action = { .sa_sigaction = note, .sa_flags = SA_SIGINFO };

	scratch();
	sigaction(SIGBUS, &action, NULL);
	sigaction(SIGSEGV, &action, NULL);
	fd = open("file", O_CREAT | O_RDWR, 0600);
	cut("shared", MAP_SHARED);
	cut("private", MAP_PRIVATE);
	map = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	memset(map, 'P', PAGES * PAGE);
	in_child(cut_by_child);
	in_child(beyond);
	touch("parent_first", 0, false);
	touch("parent_first_end", 4000, false);
	touch("parent_beyond", PAGE, false);
	munmap(map, PAGES * PAGE);
	map = mmap(NULL, PAGES * PAGE, PROT_READ, MAP_SHARED, fd, 0);
	touch("read_only_beyond", PAGE, false);
	write_only("read_only_written", PAGE);
	close(open("file", O_RDWR | O_TRUNC));
	touch("opened_and_truncated", 0, false);
	return 0;
}
