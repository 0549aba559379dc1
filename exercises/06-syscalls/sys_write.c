/* SPDX-License-Identifier: MIT */
/* in chapters/06-syscalls/naive/write.c */
/*
 * sys_write - write(2): `count` bytes at `buffer` to descriptor 1, 2 or 3.
 *
 * All three arguments are claims by a stranger.  Linux's order of answers: a descriptor that is
 * not open is -EBADF whatever the rest; a range that leaves user space is -EFAULT before the first
 * byte is looked at; then bytes are written as far as memory goes, and what was written counts:
 * -EFAULT only if that is nothing.  A count of 0 is success, even from NULL.
 *
 * Hint 1: user_range_valid() checks by subtraction.  Why would buffer + count > USER_END be wrong?
 * Hint 2: the kernel stack is 16 KiB: copy by pieces of PIECE bytes (user_read() says how
 *	many it got) and give each to piece_write().
 * Hint 3: a piece that came short is the last.
 */
long sys_write(int fd, user_address buffer, size_t count)
{
	exercise("sys_write");
}
