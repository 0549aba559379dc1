/* SPDX-License-Identifier: MIT */
/* in fs/path.c */
/*
 * walk_up - the component `..`: walk->at moves one directory up.  It cannot fail.
 *
 * What path_resolution(7) and chroot(2) ask for:
 *  - at the task's root (at_root()) `..` leads no further up: nothing above it can be named;
 *  - at the root of a mount, the step is out of the mount: what is above is the directory that holds the
 *    mount point (mount->point, in mount->parent), and that may again be the root of a mount, or the task's;
 *  - the root of the whole tree is in no other mount: mount->parent is NULL, and `..` stays;
 *  - what is reached may be covered by another mount: path_cross_down(at) goes into it.  So may the root be:
 *    "/" is the root itself, `/..` is what is mounted over it.
 * The parent is the dentry's, whatever name led here: behind a symbolic link `..` leads to the parent
 * of the directory that the link names, not back to where the link is.
 *
 * walk->at is counted.  Count the new place before you put the old one: the old may hold the only
 * reference to it.
 *
 * Hint 1: two steps.  First leave mounts, as long as you stand on a mount's root and are not at the task's.
 * Hint 2: within a mount only the dentry changes, so only a dentry is counted and put.
 * Parsons: put in order - dentry_get(up.dentry) / while (!at_root(walk) && ...) / up.dentry =
 *	at->dentry->parent / path_cross_down(at) / path_get(&up), path_put(at), *at = up / if (!at_root(walk)
 *	&& ...) / dentry_put(at->dentry), at->dentry = up.dentry
 */
static void walk_up(struct walk *walk)
{
	exercise("walk_up");
}
