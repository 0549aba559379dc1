/* SPDX-License-Identifier: MIT */
/* truncating.c - truncate's refusals; files that shrink under a map. */
#include "scratch.h"

static char *map;
static volatile char sink;

static void touch_first(void)
{
	sink = map[10];
}

static void touch_second(void)
{
	sink = map[4096 + 10];
}

static void private_copy(void)
{
	sink = map[4096];
}

static void refusals(void)
{
	int fd = open("file", O_RDONLY);

	SAYS("negative", SYS_truncate, "file", -1L);
	SAYS("missing", SYS_truncate, "missing", 0);
	SAYS("directory", SYS_truncate, "dir", 0);
	SAYS("fifo", SYS_truncate, "fifo", 0);
	SAYS("trailing", SYS_truncate, "file/", 0);
	SAYS("read_only", SYS_ftruncate, fd, 0);
	SAYS("fd_negative", SYS_ftruncate, fd, -1L);
	SAYS("closed", SYS_ftruncate, 99, 0);
	SAYS("closed_negative", SYS_ftruncate, 99, -1L);
	SAYS("fd_directory", SYS_ftruncate, open("dir", O_RDONLY), 0);
}

TEST
{
	char bytes[16];
	struct stat status;
	int fd;

	scratch();
	mkdir("dir", 0755);
	mknod("fifo", S_IFIFO | 0600, 0);
	file_make("file", "0123456789");
	refusals();
	SAYS("shrink", SYS_truncate, "file", 4);
	SAYS("grow", SYS_truncate, "file", 12);
	fd = open("file", O_RDWR);
	SAYS("read", SYS_read, fd, bytes, 16);
	observe_bytes("zeros", bytes, 12);
	ftruncate(fd, 8192);
	map = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	memset(map, 'M', 8192);
	observe_number("whole", in_child(touch_second));
	SAYS("cut", SYS_ftruncate, fd, 100);
	observe_number("first_page", in_child(touch_first));
	observe_number("second_page", in_child(touch_second));
	SAYS("extend", SYS_ftruncate, fd, 8192);
	observe_number("second_again", in_child(touch_second));
	observe_bytes("kept", map + 96, 8);
	observe_bytes("second_zero", map + 4096, 4);
	munmap(map, 8192);
	map = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	map[4096] = 'P';
	ftruncate(fd, 4096);
	observe_number("private_copy_gone", in_child(private_copy));
	ftruncate(fd, 8192);
	observe_bytes("private_zero", map + 4096, 1);
	fstat(fd, &status);
	observe_number("size", status.st_size);
	return 0;
}
