/* SPDX-License-Identifier: MIT */
/*
 * dup2() gives up the count of the file that it replaces, and forgets what else closing does.
 *
 * symptom: a lock stays though its descriptor is gone
 * fails: record_locks
 * see: Numbers
 */
/* in fs/descriptor_table.c */
int fd_replace(int fd, struct file *file, bool close_on_exec)
{
	struct files *files = current->files;
	struct file *old;
	int error = 0;

	if ((unsigned)fd >= task_limit(RLIMIT_NOFILE))
		error = -EBADF;
	else if (files_grow(files, fd + 1))
		error = -ENOMEM;
	else if (!files->slots[fd] && bit_get(files->taken, fd))
		error = -EBUSY; /* another task is opening it */
	if (error) {
		file_put(file);
		return error;
	}
	/* The new file is in place before the old one is closed: no moment without either. */
	old = files->slots[fd];
	slot_take(files, fd, close_on_exec);
	files->slots[fd] = file;
	if (old)
		file_put(old);
	return fd;
}
