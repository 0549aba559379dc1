/* SPDX-License-Identifier: MIT */
/*
 * Nobody looks whether a directory moves into itself.
 *
 * symptom: mv a a/b succeeds, and a is never seen again
 * fails: rename_rules rename_effects
 * see: Renaming
 */
/* in fs/rename.c */
static int check_names(const struct renaming *renaming)
{
	const struct place *from = &renaming->from, *to = &renaming->to;
	bool exchange = renaming->flags & RENAME_EXCHANGE;

	if (!from->dentry->inode)
		return -ENOENT;
	if ((renaming->flags & RENAME_NOREPLACE) && to->dentry->inode)
		return -EEXIST;
	if (exchange && !to->dentry->inode)
		return -ENOENT;
	if (exchange && !is_directory(to) && to->last.trailing_slash)
		return -ENOTDIR;
	if (!is_directory(from) &&
	    (from->last.trailing_slash || (!exchange && to->last.trailing_slash)))
		return -ENOTDIR;
	return 0;
}
