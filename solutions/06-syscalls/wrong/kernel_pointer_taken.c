/* SPDX-License-Identifier: MIT */
/*
 * The pointer is not checked: the fix-up will catch what is not mapped.
 *
 * symptom: a program prints the kernel's memory
 * fails: numbers write_arguments
 * see: Pointers are claims
 */
/* in chapters/06-syscalls/naive/write.c */
long sys_write(int fd, user_address buffer, size_t count)
{
	char piece[PIECE];
	size_t done = 0, now;

	if (fd < 1 || fd > 3)
		return -EBADF;
	if (false)
		return -EFAULT;
	while (done < count) {
		size_t wanted = min(count - done, sizeof(piece));

		now = wanted - user_access_copy(piece, (const void *)(buffer + done), wanted);
		piece_write(fd, piece, now);
		done += now;
		if (now < wanted)
			break;
	}
	return done || !count ? (long)done : -EFAULT;
}
