/* SPDX-License-Identifier: MIT */
/*
 * A directory that moves takes its `..` along, but not its link.
 *
 * symptom: find misses directories: their parents' link counts say that there are none
 * fails: rename_effects random_names
 * see: Renaming
 */
/* in fs/ramfs.c */
static void entry_move(struct inode *from_dir, struct inode *to_dir, struct dentry *dentry)
{
	struct ramfs_entry *entry = dentry->entry;

	entry_remove(from_dir, entry);
	entry_insert(to_dir, entry);
	inode_touch(dentry->inode, ATTRIBUTE_CTIME);
}
