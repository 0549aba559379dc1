/* SPDX-License-Identifier: MIT */
/* seeking.c - positions, holes and the largest file. */
#include "scratch.h"

/* Leaves free memory that is not zero, for whoever forgets to clear it. */
static void memory_stain(void)
{
	static char bytes[1 << 18];
	int fd = open("stain", O_CREAT | O_WRONLY, 0600);

	memset(bytes, 's', sizeof(bytes));
	if (write(fd, bytes, sizeof(bytes)) != sizeof(bytes))
		abort();
	close(fd);
	unlink("stain");
}

TEST
{
	char bytes[20];
	struct stat status;
	int fd, other;

	scratch();
	memory_stain();
	fd = open("file", O_CREAT | O_RDWR, 0600);
	SAYS("write", SYS_write, fd, "0123456789", 10);
	SAYS("current", SYS_lseek, fd, 0, SEEK_CUR);
	SAYS("set", SYS_lseek, fd, 3, SEEK_SET);
	SAYS("forward", SYS_lseek, fd, 2, SEEK_CUR);
	SAYS("backward", SYS_lseek, fd, -4, SEEK_CUR);
	SAYS("before_start", SYS_lseek, fd, -2, SEEK_CUR);
	SAYS("unchanged", SYS_lseek, fd, 0, SEEK_CUR);
	SAYS("end", SYS_lseek, fd, -1, SEEK_END);
	SAYS("beyond", SYS_lseek, fd, 100000, SEEK_END);
	SAYS("read_beyond", SYS_read, fd, bytes, 5);
	SAYS("write_beyond", SYS_write, fd, "end", 3);
	fstat(fd, &status);
	observe_number("size", status.st_size);
	observe_number("blocks", status.st_blocks);
	SAYS("read_hole", SYS_pread64, fd, bytes, 20, 50000);
	observe_bytes("hole", bytes, 20);
	SAYS("read_edges", SYS_pread64, fd, bytes, 20, 5);
	observe_bytes("hole_begins", bytes, 20);
	SAYS("read_into_hole", SYS_pread64, fd, bytes, 20, 4090);
	observe_bytes("page_ends", bytes, 20);
	SAYS("read_edge_of_end", SYS_pread64, fd, bytes, 20, 99995);
	observe_bytes("hole_ends", bytes, 18);
	SAYS("data", SYS_lseek, fd, 0, SEEK_DATA);
	SAYS("hole_at", SYS_lseek, fd, 0, SEEK_HOLE);
	SAYS("data_after", SYS_lseek, fd, 5000, SEEK_DATA);
	SAYS("hole_last", SYS_lseek, fd, 100005, SEEK_HOLE);
	SAYS("data_at_end", SYS_lseek, fd, 100013, SEEK_DATA);
	SAYS("hole_at_end", SYS_lseek, fd, 100013, SEEK_HOLE);
	SAYS("data_negative", SYS_lseek, fd, -1, SEEK_DATA);
	SAYS("bad_whence", SYS_lseek, fd, 0, 5);
	SAYS("largest", SYS_lseek, fd, 0x7fffffffffffffff, SEEK_SET);
	SAYS("past_largest", SYS_lseek, fd, 1, SEEK_CUR);
	SAYS("write_at_largest", SYS_write, fd, "x", 1);
	SAYS("read_at_largest", SYS_read, fd, bytes, 1);
	SAYS("pread_overflow", SYS_pread64, fd, bytes, 20, 0x7ffffffffffffff0);
	SAYS("pwrite_overflow", SYS_pwrite64, fd, bytes, 20, 0x7ffffffffffffff8);
	SAYS("truncate_huge", SYS_ftruncate, fd, 0x7fffffffffffffff);
	SAYS("truncate_back", SYS_ftruncate, fd, 10);
	other = dup(fd);
	lseek(fd, 4, SEEK_SET);
	SAYS("shared", SYS_lseek, other, 0, SEEK_CUR);
	SAYS("pread", SYS_pread64, fd, bytes, 3, 7);
	SAYS("pread_keeps", SYS_lseek, fd, 0, SEEK_CUR);
	SAYS("pread_negative", SYS_pread64, fd, bytes, 3, -1);
	SAYS("pwrite", SYS_pwrite64, fd, "ab", 2, 9);
	SAYS("pwrite_keeps", SYS_lseek, fd, 0, SEEK_CUR);
	SAYS("closed", SYS_lseek, 99, 0, SEEK_SET);
	fstat(fd, &status);
	observe_number("final_size", status.st_size);
	return 0;
}
