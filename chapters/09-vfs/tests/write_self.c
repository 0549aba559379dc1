/* SPDX-License-Identifier: MIT */
/* write_self.c - writing a file from its own map, reading into it, and sources that end midway. */
#include "scratch.h"

TEST
{
	char *map, *hole, bytes[32];
	int fd, other;

	scratch();
	fd = open("file", O_CREAT | O_RDWR, 0600);
	for (int i = 0; i < 12288; i++)
		bytes[i % 32] = 'a' + i % 26, i % 32 == 31 ? (void)write(fd, bytes, 32) : (void)0;
	map = mmap(0, 12288, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	SAYS("same_page", SYS_pwrite64, fd, map, 4096, 0);
	SAYS("shifted", SYS_pwrite64, fd, map, 4096, 100);
	observe_hash("contents", map, 8192);
	SAYS("next_page", SYS_pwrite64, fd, map + 4096, 4096, 8192);
	SAYS("read_own", SYS_pread64, fd, map + 4096, 4096, 0);
	observe("read_equal", memcmp(map, map + 4096, 4096) == 0);
	munmap(map, 12288);
	map = mmap(0, 12288, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	SAYS("untouched_source", SYS_pwrite64, fd, map + 8192, 4096, 4096);
	observe("written_equal", memcmp(map + 8192, map + 4096, 4096) == 0);
	hole = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	memset(hole, 'H', 4096);
	munmap(hole + 4096, 4096);
	other = open("other", O_CREAT | O_RDWR, 0600);
	SAYS("faults_midway", SYS_write, other, hole + 2048, 4096);
	SAYS("size_midway", SYS_lseek, other, 0, SEEK_END);
	SAYS("faults_at_once", SYS_write, other, hole + 4096, 4096);
	SAYS("size_still", SYS_lseek, other, 0, SEEK_END);
	ftruncate(other, 4096);
	SAYS("tail", SYS_pread64, other, bytes, 32, 2040);
	observe_bytes("tail_bytes", bytes, 32);
	SAYS("past_end_source", SYS_pwrite64, other, "z", 1, 10000);
	SAYS("gap", SYS_pread64, other, bytes, 32, 9980);
	observe_bytes("gap_bytes", bytes, 32);
	map = mmap(0, 4096, PROT_READ, MAP_PRIVATE, other, 0);
	pwrite(other, "changed", 7, 0);
	observe_bytes("private_sees", map, 7);
	return 0;
}
