/* SPDX-License-Identifier: MIT */
/*
 * open(2) creates files with the mode that was asked for.
 *
 * symptom: everything that editors and compilers write is writable by everybody
 * fails: random_names attributes
 * see: The last component
 */
/* in fs/open.c */
static int file_create(struct walk *walk, struct dentry *dentry, struct open_request *request)
{
	struct inode *dir = walk->at.dentry->inode;
	int error = path_want_write(&walk->at);

	if (!error)
		error = inode_may_create(dir);
	if (!error && !dir->ops->create)
		error = -EACCES;
	if (!error)
		error = dir->ops->create(dir, dentry, S_IFREG | request->mode, 0);
	request->created = !error;
	return error;
}
