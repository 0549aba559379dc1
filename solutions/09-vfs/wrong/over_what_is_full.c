/* SPDX-License-Identifier: MIT */
/*
 * rename() replaces a directory without a look at what is in it.
 *
 * symptom: mv -T empty full loses the files in full
 * fails: rename_rules
 * see: Renaming
 */
/* in fs/ramfs.c */
static int ramfs_rename(struct inode *from_dir, struct dentry *from, struct inode *to_dir,
			struct dentry *to, unsigned flags)
{
	if (flags & ~(RENAME_NOREPLACE | RENAME_EXCHANGE))
		return -EINVAL;
	if (flags & RENAME_EXCHANGE)
		entry_move(to_dir, from_dir, to);
	else if (to->inode)
		entry_delete(to_dir, to);
	entry_move(from_dir, to_dir, from);
	return 0;
}
