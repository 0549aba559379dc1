/* SPDX-License-Identifier: MIT */
/*
 * O_EXCL does not keep open(2) from following a link at the end.
 *
 * symptom: a link put in /tmp lets others' programs create files wherever it points
 * fails: open_flags random_names
 * see: The last component
 */
/* in fs/open.c */
static int walk_create(struct walk *walk, struct open_request *request)
{
	bool follow = !(request->flags & O_NOFOLLOW);
	struct dentry *dentry;
	int error;

	while (walk->last.kind == LAST_NORMAL) {
		if (walk->last.trailing_slash)
			return -EISDIR;
		error = last_find_or_create(walk, request, &dentry);
		if (error)
			return error;
		if (!follow || !S_ISLNK(dentry->inode->mode)) {
			dentry_put(walk->at.dentry);
			walk->at.dentry = dentry;
			path_cross_down(&walk->at);
			return 0;
		}
		error = walk_follow(walk, dentry);
		if (error)
			return error;
	}
	return walk_last(walk);
}
