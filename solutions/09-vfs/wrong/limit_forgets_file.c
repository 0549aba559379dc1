/* SPDX-License-Identifier: MIT */
/*
 * The file is opened first; when no number is left it is forgotten.
 *
 * symptom: a program that runs into EMFILE eats memory, and its files can never be freed
 * fails: descriptors
 * see: Numbers
 */
/* in fs/open.c */
static long descriptor_open(int dirfd, const char *name, int flags, uint32_t mode)
{
	struct file *file;
	int error = file_open(dirfd, name, flags, mode, &file), fd;

	if (error)
		return error;
	fd = fd_reserve(0, flags & O_CLOEXEC);
	if (fd < 0)
		return fd;
	fd_install(fd, file);
	return fd;
}
