/* SPDX-License-Identifier: MIT */
/*
 * A name that was removed while its file is open stays in the cache.
 *
 * symptom: rm of a file that is open removes nothing that one could see
 * fails: directories entries unlinked space_back
 * see: Taking a name away
 */
/* in fs/dentry.c */
void dentry_delete(struct dentry *dentry)
{
	struct inode *inode = dentry->inode;

	if (S_ISDIR(inode->mode))
		dentry_prune(dentry);
	if (dentry->count > 1)
		return;
	dentry->inode = NULL;
	inode_put(inode);
}
