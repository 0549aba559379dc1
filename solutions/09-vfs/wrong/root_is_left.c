/* SPDX-License-Identifier: MIT */
/*
 * `..` stops at the root of the tree, whatever root the task has.
 *
 * symptom: cd / and cd .. lead out of a chroot
 * fails: chrooting
 * see: Up
 */
/* in fs/path.c */
static void walk_up(struct walk *walk)
{
	struct path *at = &walk->at, up;

	while (at->dentry == at->mount->root && at->mount->parent) {
		up = (struct path){ at->mount->parent, at->mount->point };
		path_get(&up);
		path_put(at);
		*at = up;
	}
	if (at->dentry != at->mount->root) {
		up.dentry = at->dentry->parent;
		dentry_get(up.dentry);
		dentry_put(at->dentry);
		at->dentry = up.dentry;
	}
	/* Also at the root, which may be covered itself: `..` is the way in, "/" is not. */
	path_cross_down(at);
}
