/* SPDX-License-Identifier: MIT */
/*
 * fork() gives the child open files of its own, at the same positions.
 *
 * symptom: (date; date) > file leaves one line
 * fails: appending whole_locks
 * see: Open files
 */
/* in fs/descriptor_share.c */
static struct files *files_copy(const struct files *from)
{
	struct files *copy = files_create();
	unsigned fd;

	if (!copy)
		return NULL;
	if (files_grow(copy, from->capacity)) {
		slab_free(&files_cache, copy);
		return NULL;
	}
	for (fd = 0; fd < from->capacity; fd++) {
		struct file *file = from->slots[fd];

		if (!file)
			continue;
		if (!S_ISREG(file->inode->mode) || (file->mode & FILE_DENIES_WRITE) ||
		    file_open_path(&file->path, (int)file->flags, &copy->slots[fd])) {
			file_get(file);
			copy->slots[fd] = file;
		}
		copy->slots[fd]->position = file->position;
		slot_take(copy, fd, bit_get(from->close_on_exec, fd));
	}
	return copy;
}
