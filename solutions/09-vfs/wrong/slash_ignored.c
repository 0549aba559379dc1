/* SPDX-License-Identifier: MIT */
/*
 * A slash at the end says nothing.
 *
 * symptom: open("file/") works
 * fails: open_flags path_walk
 * see: The last component
 */
/* in fs/path.c */
int walk_check_end(const struct walk *walk)
{
	return (walk->flags & LOOKUP_DIRECTORY) && !S_ISDIR(walk->at.dentry->inode->mode)
		       ? -ENOTDIR
		       : 0;
}
