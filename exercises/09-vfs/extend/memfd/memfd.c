/* SPDX-License-Identifier: MIT */
/* memfd.c - memfd_create(2): a file in memory that has no name, and seals. */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CLOEXEC = 1, ALLOW_SEALING = 2, HUGETLB = 4 };
#define ADD_SEALS 1033
#define GET_SEALS 1034
enum { SEAL_SEAL = 1, SEAL_SHRINK = 2, SEAL_GROW = 4, SEAL_WRITE = 8 };

static char name[300];

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
	observe_errno("write_beyond", pwrite(sealed, "x", 1, 100));
	observe_errno("add_write", fcntl(sealed, ADD_SEALS, SEAL_WRITE | SEAL_SEAL));
	observe_errno("write_sealed", pwrite(sealed, "x", 1, 0));
	observe_errno("add_more", fcntl(sealed, ADD_SEALS, SEAL_GROW));
	return 0;
}
