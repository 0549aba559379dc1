/* SPDX-License-Identifier: MIT */
/* in fs/dentry.c */
/*
 * dentry_delete - the file system has removed this name; what becomes of the dentry?
 *
 * The caller has a count.  If it is the only one, nobody else uses the name: the dentry becomes negative,
 * and answers the next look-up with "absent".  A negative dentry holds no count of an inode.
 * If there are others (an open file, a current directory, a map), they must go on with the file that
 * they have: unlink(2).  Then the dentry keeps its inode and leaves the hash (dentry_unhash()), so that the
 * name can be given to a new file; it is freed with its last count.
 *
 * A directory is removed only when it is empty, but negative dentries of names looked up in it may still
 * be cached, and each holds a count of its parent.  dentry_prune() frees them.
 *
 * Hint: which of the steps changes the count that you are going to look at?
 */
void dentry_delete(struct dentry *dentry)
{
	exercise("dentry_delete");
}
