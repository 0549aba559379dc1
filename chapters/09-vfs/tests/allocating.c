/* SPDX-License-Identifier: MIT */
/* allocating.c - fallocate: room, holes, and what a tmpfs cannot do. */
#include "scratch.h"

static int fd;

static void sizes(const char *key)
{
	struct stat status;

	fstat(fd, &status);
	observe_number(text("%s_size", key), status.st_size);
	observe_number(text("%s_blocks", key), status.st_blocks);
}

TEST
{
	char bytes[16];

	scratch();
	fd = open("file", O_CREAT | O_RDWR, 0600);
	SAYS("allocate", SYS_fallocate, fd, 0, 0L, 10000L);
	sizes("allocated");
	SAYS("zero_length", SYS_fallocate, fd, 0, 0L, 0L);
	SAYS("negative_offset", SYS_fallocate, fd, 0, -1L, 5L);
	SAYS("negative_length", SYS_fallocate, fd, 0, 0L, -5L);
	SAYS("too_big", SYS_fallocate, fd, 0, 0x7fffffffffffffff, 5L);
	SAYS("punch_grows", SYS_fallocate, fd, FALLOC_FL_PUNCH_HOLE, 0L, 5L);
	SAYS("unknown", SYS_fallocate, fd, 0x100, 0L, 5L);
	SAYS("collapse", SYS_fallocate, fd, 8, 0L, 4096L);
	SAYS("zero_range", SYS_fallocate, fd, 0x10, 0L, 4096L);
	for (int i = 0; i < 10000; i += 10)
		pwrite(fd, "abcdefghij", 10, i);
	SAYS("punch", SYS_fallocate, fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 4000L, 4300L);
	sizes("punched");
	pread(fd, bytes, 16, 3992);
	observe_bytes("front_edge", bytes, 16);
	pread(fd, bytes, 16, 8292);
	observe_bytes("rear_edge", bytes, 16);
	SAYS("hole", SYS_lseek, fd, 0, SEEK_HOLE);
	SAYS("data", SYS_lseek, fd, 4096, SEEK_DATA);
	SAYS("read_only", SYS_fallocate, open("file", O_RDONLY), 0, 0L, 5L);
	SAYS("directory", SYS_fallocate, open(".", O_RDONLY), 0, 0L, 5L);
	SAYS("closed", SYS_fallocate, 99, 0, 0L, 5L);
	SAYS("advise", SYS_fadvise64, fd, 0L, 100L, 3);
	SAYS("advise_bad", SYS_fadvise64, fd, 0L, 100L, 9);
	SAYS("advise_closed", SYS_fadvise64, 99, 0L, 100L, 3);
	SAYS("readahead", SYS_readahead, fd, 0L, 100L);
	SAYS("sync", SYS_fsync, fd);
	SAYS("data_sync", SYS_fdatasync, fd);
	SAYS("sync_closed", SYS_fsync, 99);
	SAYS("sync_whole", SYS_syncfs, fd);
	SAYS("sync_all", SYS_sync);
	return 0;
}
