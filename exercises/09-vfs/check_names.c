/* SPDX-License-Identifier: MIT */
/* in fs/rename.c */
/*
 * check_names - whether rename(2) of these two names makes sense; the rights are checked later.
 *
 * Both last components were looked up: from->dentry and to->dentry, each maybe negative (no inode).  The
 * first that applies, in this order:
 *  -ENOENT: there is no `from`.
 *  -EEXIST: RENAME_NOREPLACE, and there is a `to`.
 *  -ENOENT: RENAME_EXCHANGE, and there is no `to`.
 *  -ENOTDIR: a slash behind a name that is no directory (last.trailing_slash): with RENAME_EXCHANGE each name
 *	for itself; else the slash behind `to` is about what comes there, that is `from`.
 *  -EINVAL: `to` would lie in `from`: a directory cannot move into itself or below.
 *  -ENOTEMPTY: `from` lies in `to` (-EINVAL with RENAME_EXCHANGE).
 * 0 otherwise.
 *
 * dentry_is_below(a, b): a is b, or somewhere below it.  It takes any dentries, negative ones as well.
 * is_directory(place) needs a place that has an inode.
 *
 * Hint 1: for "would lie in", ask about the *parent* of the other name.
 * Hint 2: why can the renames that the two last checks forbid never leave a loop behind, whatever other
 *	tasks rename at the same time?  See parents_lock().
 */
static int check_names(const struct renaming *renaming)
{
	exercise("check_names");
}
