/* SPDX-License-Identifier: MIT */
/*
 * dup2() closes the number first, and then looks what is to go there.
 *
 * symptom: dup2(fd, fd) closes fd; a dup2() that fails closes a file all the same
 * fails: descriptors
 * see: Numbers
 */
/* in fs/descriptor_calls.c */
long sys_dup2(int from, int to)
{
	if (to >= 0)
		fd_close(to);
	return descriptor_copy_to(from, to, false);
}
