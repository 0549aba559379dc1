/* SPDX-License-Identifier: MIT */
/*
 * The entry that did not fit any more counts as read.
 *
 * symptom: ls of a large directory misses names
 * fails: entries random_names
 * see: Reading a directory
 */
/* in fs/ramfs.c */
static int ramfs_read_directory(struct file *file, struct dirent_sink *sink)
{
	struct ramfs_entry *entry;
	struct tree_node *node;

	if (!directory_emit_dots(file, sink))
		return 0;
	entry = entry_from(file->inode->private, file->position);
	for (node = entry ? &entry->node : NULL; node; node = tree_next(node)) {
		struct dentry *dentry = entry_at(node)->dentry;
		uint64_t next = entry_at(node)->cookie + 1;

		file->position = next;
		if (!sink->entry(sink, dentry->name, dentry->name_length, next,
				 dentry->inode->number, mode_to_dirent_type(dentry->inode->mode)))
			break;
	}
	return 0;
}
