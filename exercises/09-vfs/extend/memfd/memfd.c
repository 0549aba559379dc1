/* SPDX-License-Identifier: MIT */
/* memfd.c - memfd_create(2): a file in memory that has no name, and seals. */
#define _GNU_SOURCE /* fallocate() */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CLOEXEC = 1, ALLOW_SEALING = 2, HUGETLB = 4 };
#define ADD_SEALS 1033
#define GET_SEALS 1034
enum { SEAL_SEAL = 1, SEAL_SHRINK = 2, SEAL_GROW = 4, SEAL_WRITE = 8, SEAL_FUTURE = 16 };

static char name[300];

static void *map(int fd, int protection, int kind)
{
	return mmap(NULL, PAGE, protection, kind, fd, 0);
}

static void observe_map(const char *key, void *map)
{
	observe_errno(key, map == MAP_FAILED ? -1 : 0);
	if (map != MAP_FAILED)
		munmap(map, PAGE);
}

/* What a map that was there before may do, and one that comes after. */
static void future(void)
{
	int fd = sys(SYS_memfd_create, "f", ALLOW_SEALING);
	volatile char *before;

	ftruncate(fd, PAGE);
	before = map(fd, PROT_READ | PROT_WRITE, MAP_SHARED);
	observe_errno("add_write_mapped", fcntl(fd, ADD_SEALS, SEAL_WRITE));
	observe_errno("add_future", fcntl(fd, ADD_SEALS, SEAL_FUTURE));
	observe_errno("future_write", write(fd, "x", 1));
	observe_map("future_map_write", map(fd, PROT_READ | PROT_WRITE, MAP_SHARED));
	if (before == MAP_FAILED)
		return;
	before[1] = 'y';
	before = map(fd, PROT_READ, MAP_SHARED);
	observe_number("future_written", before[1]);
	observe_errno("future_protect", mprotect((void *)before, PAGE, PROT_READ | PROT_WRITE));
}

TEST
{
	struct stat status = { 0 };
	char buffer[8] = "";
	int fd, sealed;

	memset(name, 'x', 250);
	observe("flags", sys(SYS_memfd_create, "x", 0x1000));
	observe("pointer", sys(SYS_memfd_create, 8, 0));
	observe("long_name", sys(SYS_memfd_create, name, 0));
	name[249] = 0;
	fd = sys(SYS_memfd_create, name, CLOEXEC);
	observe_number("longest_name", fd >= 0);
	observe_errno("descriptor_flags", fcntl(fd, F_GETFD));
	observe_errno("status_flags", fcntl(fd, F_GETFL));
	observe_errno("write", write(fd, "abcdef", 6));
	observe_errno("read", pread(fd, buffer, 6, 0));
	observe_text("text", buffer);
	observe_errno("fstat", fstat(fd, &status));
	observe_hex("mode", status.st_mode);
	observe_number("links", status.st_nlink);
	observe_number("size", status.st_size);
	observe_errno("seals", fcntl(fd, GET_SEALS));
	observe_errno("seal_sealed", fcntl(fd, ADD_SEALS, SEAL_WRITE));
	sealed = sys(SYS_memfd_create, "s", ALLOW_SEALING);
	observe_errno("no_seals", fcntl(sealed, GET_SEALS));
	observe_errno("grow", ftruncate(sealed, 100));
	observe_errno("add_grow", fcntl(sealed, ADD_SEALS, SEAL_GROW | SEAL_SHRINK));
	observe_errno("grow_more", ftruncate(sealed, 200));
	observe_errno("shrink", ftruncate(sealed, 50));
	observe_errno("write_inside", pwrite(sealed, "x", 1, 0));
	observe_errno("allocate_beyond", fallocate(sealed, 0, 0, 101));
	observe_errno("write_beyond", pwrite(sealed, "x", 1, 100));
	observe_errno("add_write", fcntl(sealed, ADD_SEALS, SEAL_WRITE | SEAL_SEAL));
	observe_errno("write_sealed", pwrite(sealed, "x", 1, 0));
	observe_errno("punch_sealed", fallocate(sealed, 3, 0, 10));
	observe_map("map_sealed", map(sealed, PROT_READ | PROT_WRITE, MAP_SHARED));
	observe_map("map_read_sealed", map(sealed, PROT_READ, MAP_SHARED));
	observe_map("map_private_sealed", map(sealed, PROT_READ | PROT_WRITE, MAP_PRIVATE));
	future();
	observe_errno("add_more", fcntl(sealed, ADD_SEALS, SEAL_GROW));
	return 0;
}
