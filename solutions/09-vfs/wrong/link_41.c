/* SPDX-License-Identifier: MIT */
/*
 * The limit of links is off by one.
 *
 * symptom: a chain of 41 symbolic links is followed
 * fails: path_walk
 * see: Links
 */
/* in fs/path_link.c */
int walk_link_enter(struct walk *walk, struct dentry *dentry)
{
	struct inode *link = dentry->inode;
	int error = 0;

	if (walk->follows++ > SYMLINK_FOLLOWS_MAX)
		error = -ELOOP;
	else if (link_is_a_trap(walk, link))
		error = -EACCES;
	else if (walk->at.mount->flags & MS_NOSYMFOLLOW)
		error = -ELOOP;
	if (!error) {
		inode_accessed(walk->at.mount, link);
		error = link->ops->follow ? magic_follow(walk, link) : text_push(walk, link);
	}
	dentry_put(dentry);
	return error;
}
