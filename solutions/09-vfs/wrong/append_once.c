/* SPDX-License-Identifier: MIT */
/*
 * O_APPEND is looked at when the file is opened, not at each write.
 *
 * symptom: two programs that log into one file overwrite each other's lines
 * fails: status_flags appending random_names
 * see: Reading and writing
 */
/* in fs/cached_file.c */
static ssize_t write_locked(struct file *file, struct io *from, loff_t *position)
{
	struct inode *inode = file->inode;
	size_t bytes = from->left, rest;
	ssize_t moved;
	int error;

	debug_assert(mutex_held(&inode->lock));
	error = file_write_limit(file, *position, &bytes);
	if (!error)
		error = inode_strip_privileges(inode);
	if (!error && inode->ops->write_begin)
		error = inode->ops->write_begin(inode, *position, &bytes);
	if (error)
		return error;
	rest = from->left - bytes;
	from->left = bytes;
	inode_touch(inode, ATTRIBUTE_MTIME | ATTRIBUTE_CTIME);
	moved = page_cache_write(&inode->cache, from, *position);
	from->left += rest;
	if (inode->ops->write_end)
		inode->ops->write_end(inode);
	return moved;
}
/* in fs/file.c */
int file_open_path(const struct path *path, int flags, struct file **to)
{
	struct file *file = file_alloc(path, flags);
	int error;

	if (!file)
		return -ENOMEM;
	error = file_set_up(file);
	if (error)
		file_free(file);
	else
		*to = file;
	if (!error && (flags & O_APPEND))
		file->position = (loff_t)inode_size(file->inode);
	return error;
}
