/* SPDX-License-Identifier: MIT */
/*
 * dup() copies the close-on-exec flag, as if it belonged to the open file.
 *
 * symptom: programs lose their standard output at exec
 * fails: descriptors
 * see: Numbers
 */
/* in fs/descriptor_calls.c */
long sys_dup(int fd)
{
	struct fd_reference reference = fd_get_any(fd);
	long result = reference.file ? descriptor_copy(reference.file, 0, fd_close_on_exec(fd))
				     : -EBADF;

	fd_put(reference);
	return result;
}
