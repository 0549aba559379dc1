/* SPDX-License-Identifier: MIT */
/*
 * A read moves the position by what was asked for.
 *
 * symptom: tail -f never sees what is appended
 * fails: seeking
 * see: Reading and writing
 */
/* in fs/cached_file.c */
ssize_t cached_read(struct file *file, struct io *to, loff_t *position)
{
	struct inode *inode = file->inode;
	size_t asked = to->left;
	ssize_t moved = page_cache_read(&inode->cache, to, *position);

	if (moved >= 0)
		*position += asked;
	if (moved >= 0 && !(file->flags & O_NOATIME))
		inode_accessed(file->path.mount, inode);
	return moved;
}
