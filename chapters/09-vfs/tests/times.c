/* SPDX-License-Identifier: MIT */
/* times.c - which of the three times each call changes, and setting them. */
#include "scratch.h"

#include <sys/mman.h>
#include <sys/time.h>
#include <utime.h>

#define PAST 1000000000

/* Sets access and modification time to the past; then shows which times have moved since. */
static struct stat before;

static void age(const char *name)
{
	struct timespec past[2] = { { PAST, 1 }, { PAST, 2 } };

	utimensat(AT_FDCWD, name, past, AT_SYMLINK_NOFOLLOW);
	lstat(name, &before);
	usleep(20000);
}

static void moved(const char *key, const char *name)
{
	struct stat now;
	char which[4];
	int count = 0;

	lstat(name, &now);
	if (memcmp(&now.st_atim, &before.st_atim, sizeof(now.st_atim)))
		which[count++] = 'a';
	if (memcmp(&now.st_mtim, &before.st_mtim, sizeof(now.st_mtim)))
		which[count++] = 'm';
	if (memcmp(&now.st_ctim, &before.st_ctim, sizeof(now.st_ctim)))
		which[count++] = 'c';
	which[count] = '\0';
	observe_text(key, which);
}

/* A file's modification time is that of the first write to a page after it was mapped. */
static void maps(void)
{
	int fd = open("file", O_RDWR);
	volatile char *shared, *own;

	ftruncate(fd, 4 * PAGE);
	age("file");
	shared = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	own = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	moved("mapped", "file");
	age("file");
	shared[0] = 1;
	moved("map_write", "file");
	age("file");
	shared[1] = 1;
	moved("map_write_again", "file");
	age("file");
	own[PAGE] = 1;
	moved("map_write_private", "file");
	age("file");
	shared[2 * PAGE] = 1;
	moved("map_write_other_page", "file");
	age("file");
	msync((void *)shared, 4 * PAGE, MS_SYNC);
	moved("map_sync", "file");
	munmap((void *)own, 4 * PAGE);
	munmap((void *)shared, 4 * PAGE);
	close(fd);
}

static void set(const char *key, long a, long an, long m, long mn, int flags)
{
	struct timespec times[2] = { { a, an }, { m, mn } };
	struct stat status;

	SAYS(key, SYS_utimensat, AT_FDCWD, "file", times, flags);
	stat("file", &status);
	if (a == PAST && an < 1000000000)
		observe_number(text("%s_a", key), status.st_atim.tv_sec * 10 + status.st_atim.tv_nsec);
	if (m == PAST && mn < 1000000000)
		observe_number(text("%s_m", key), status.st_mtim.tv_sec * 10 + status.st_mtim.tv_nsec);
}

static void calls(void)
{
	struct utimbuf seconds = { PAST, PAST + 1 };
	struct timeval micro[2] = { { PAST, 3 }, { PAST, 4 } }, bad[2] = { { PAST, 1000000 }, { 0, 0 } };
	struct stat status;

	SAYS("utime", SYS_utime, "file", &seconds);
	stat("file", &status);
	observe_number("utime_m", status.st_mtime);
	SAYS("utimes", SYS_utimes, "file", micro);
	stat("file", &status);
	observe_number("utimes_m", status.st_mtim.tv_nsec);
	SAYS("utimes_bad", SYS_utimes, "file", bad);
	SAYS("utimes_null", SYS_utimes, "file", 0);
	SAYS("utime_missing", SYS_utime, "missing", &seconds);
	SAYS("utimes_fault", SYS_utimes, "file", 8);
	SAYS("null_name", SYS_utimensat, AT_FDCWD, 0, 0, 0);
	SAYS("null_name_fd", SYS_utimensat, open("file", O_RDONLY), 0, 0, 0);
	SAYS("null_name_closed", SYS_utimensat, 99, 0, 0, 0);
	SAYS("null_name_flags", SYS_utimensat, open("file", O_RDONLY), 0, 0, AT_SYMLINK_NOFOLLOW);
}

static void ordinary(void)
{
	struct timespec given[2] = { { PAST, 0 }, { PAST, 0 } };
	struct timespec now[2] = { { 0, UTIME_NOW }, { 0, UTIME_NOW } };
	struct timespec mixed[2] = { { 0, UTIME_NOW }, { 0, UTIME_OMIT } };

	become(1000, 1000);
	SAYS("foreign_given", SYS_utimensat, AT_FDCWD, "file", given, 0);
	SAYS("foreign_now", SYS_utimensat, AT_FDCWD, "file", now, 0);
	SAYS("foreign_null", SYS_utimensat, AT_FDCWD, "file", 0, 0);
	SAYS("writable_now", SYS_utimensat, AT_FDCWD, "writable", now, 0);
	SAYS("writable_null", SYS_utimensat, AT_FDCWD, "writable", 0, 0);
	SAYS("writable_given", SYS_utimensat, AT_FDCWD, "writable", given, 0);
	SAYS("writable_mixed", SYS_utimensat, AT_FDCWD, "writable", mixed, 0);
}

TEST
{
	int fd;

	scratch();
	file_make("file", "text");
	mkdir("dir", 0755);
	age("file");
	fd = open("file", O_RDWR);
	moved("open", "file");
	write(fd, "x", 1);
	moved("write", "file");
	age("file");
	pwrite(fd, "", 0, 0);
	moved("write_nothing", "file");
	ftruncate(fd, 2);
	moved("ftruncate", "file");
	age("file");
	ftruncate(fd, 2);
	moved("ftruncate_same", "file");
	age("file");
	truncate("file", 2);
	moved("truncate_same", "file");
	age("file");
	close(open("file", O_WRONLY | O_TRUNC));
	moved("open_truncate", "file");
	age("file");
	close(open("file", O_WRONLY | O_TRUNC));
	moved("open_truncate_empty", "file");
	age("file");
	chmod("file", 0600);
	moved("chmod", "file");
	age("file");
	link("file", "dir/hard");
	moved("link", "file");
	age("file");
	age("dir");
	unlink("dir/hard");
	moved("unlink_dir", "dir");
	age("file");
	rename("file", "dir/file");
	moved("rename", "dir/file");
	age("dir");
	rename("dir/file", "file");
	moved("rename_out_of", "dir");
	age("dir");
	mkdir("dir/sub", 0755);
	moved("mkdir_in", "dir");
	age("dir");
	rmdir("dir/sub");
	moved("rmdir_in", "dir");
	age("dir");
	close(open("dir/missing", O_RDONLY));
	moved("failed_open", "dir");
	set("given", PAST, 5, PAST, 6, 0);
	set("omit_a", PAST, UTIME_OMIT, PAST, 7, 0);
	set("omit_m", PAST, 8, PAST, UTIME_OMIT, 0);
	set("bad_nanoseconds", PAST, 1000000000, PAST, 0, 0);
	set("negative_nanoseconds", PAST, -1, PAST, 0, 0);
	set("bad_flags", PAST, 0, PAST, 0, 1);
	age("file");
	set("omit_both", PAST, UTIME_OMIT, PAST, UTIME_OMIT, 0);
	moved("omitted", "file");
	set("now_both", 0, UTIME_NOW, 0, UTIME_NOW, 0);
	moved("nowed", "file");
	calls();
	file_make("writable", "");
	chmod("writable", 0666);
	observe_number("child", in_child(ordinary));
	maps();
	return 0;
}
