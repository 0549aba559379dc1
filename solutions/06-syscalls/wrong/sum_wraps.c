/* SPDX-License-Identifier: MIT */
/*
 * The range is checked by a sum, which wraps around.
 *
 * symptom: write(1, p, -1) prints all memory from p on
 * fails: write_arguments
 * see: Pointers are claims
 */
/* in chapters/06-syscalls/naive/write.c */
long sys_write(int fd, user_address buffer, size_t count)
{
	char piece[PIECE];
	size_t done = 0, now;

	if (fd < 1 || fd > 3)
		return -EBADF;
	if (buffer + count > USER_END)
		return -EFAULT;
	while (done < count) {
		size_t wanted = min(count - done, sizeof(piece));

		now = user_read(piece, buffer + done, wanted);
		piece_write(fd, piece, now);
		done += now;
		if (now < wanted)
			break;
	}
	return done || !count ? (long)done : -EFAULT;
}
