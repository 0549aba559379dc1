/* SPDX-License-Identifier: MIT */
/*
 * At the root `..` stays where it is, even where something is mounted over the root.
 *
 * symptom: what is mounted over / cannot be reached by any name
 * fails: chrooting
 * see: Up
 */
/* in fs/path.c */
static void walk_up(struct walk *walk)
{
	struct path *at = &walk->at, up;

	while (!at_root(walk) && at->dentry == at->mount->root && at->mount->parent) {
		up = (struct path){ at->mount->parent, at->mount->point };
		path_get(&up);
		path_put(at);
		*at = up;
	}
	if (at_root(walk) || at->dentry == at->mount->root)
		return;
	up.dentry = at->dentry->parent;
	dentry_get(up.dentry);
	dentry_put(at->dentry);
	at->dentry = up.dentry;
	path_cross_down(at);
}
