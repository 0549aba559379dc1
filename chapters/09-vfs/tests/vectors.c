/* SPDX-License-Identifier: MIT */
/* vectors.c - readv, writev and their positioned forms; buffers that end in nowhere. */
#include "scratch.h"

#include <sys/uio.h>

TEST
{
	char a[4] = "", b[8] = "", *page;
	struct iovec out[3] = { { "ab", 2 }, { "", 0 }, { "cdefg", 5 } };
	struct iovec in[2] = { { a, 3 }, { b, 8 } };
	struct iovec bad[2] = { { "ok", 2 }, { (void *)8, 4 } };
	struct iovec negative[2] = { { "ok", 2 }, { a, -1 } };
	static struct iovec many[1025];
	int fd;

	scratch();
	fd = open("file", O_CREAT | O_RDWR, 0600);
	SAYS("writev", SYS_writev, fd, out, 3);
	lseek(fd, 0, SEEK_SET);
	SAYS("readv", SYS_readv, fd, in, 2);
	observe_bytes("first", a, 3);
	observe_bytes("second", b, 4);
	SAYS("readv_end", SYS_readv, fd, in, 2);
	SAYS("preadv", SYS_preadv, fd, in, 2, 2L, 0L);
	observe_bytes("third", a, 3);
	SAYS("pwritev", SYS_pwritev, fd, out, 3, 6L, 0L);
	SAYS("preadv_negative", SYS_preadv, fd, in, 2, -1L, 0L);
	SAYS("preadv2_current", SYS_preadv2, fd, in, 2, -1L, 0L, 0);
	SAYS("preadv2_flags", SYS_preadv2, fd, in, 2, 0L, 0L, 0x4000);
	SAYS("none", SYS_writev, fd, out, 0);
	SAYS("negative_count", SYS_writev, fd, out, -1);
	SAYS("too_many", SYS_writev, fd, many, 1025);
	SAYS("most", SYS_writev, fd, many, 1024);
	SAYS("negative_length", SYS_writev, fd, negative, 2);
	SAYS("bad_vector", SYS_writev, fd, 8, 1);
	lseek(fd, 0, SEEK_SET);
	SAYS("bad_segment", SYS_writev, fd, bad, 2);
	SAYS("after_bad", SYS_lseek, fd, 0, SEEK_CUR);
	SAYS("wrong_way", SYS_writev, open("file", O_RDONLY), out, 3);
	SAYS("closed", SYS_readv, 99, in, 2);
	page = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	munmap(page + 4096, 4096);
	lseek(fd, 0, SEEK_SET);
	SAYS("write_into_nowhere", SYS_write, fd, page + 4090, 20);
	SAYS("write_nowhere", SYS_write, fd, page + 4096, 20);
	lseek(fd, 0, SEEK_SET);
	SAYS("read_into_nowhere", SYS_read, fd, page + 4094, 8);
	SAYS("read_nowhere", SYS_read, fd, page + 4096, 2);
	SAYS("read_kernel", SYS_read, fd, -4096L, 2);
	SAYS("write_kernel", SYS_write, fd, -4096L, 2);
	return 0;
}
