/* SPDX-License-Identifier: MIT */
/*
 * place.h - a name that is about to be made, taken away or moved: its parent directory and itself.
 *
 * Shared by the calls that change directories (name_create.c, name_remove.c, rename.c); fs/place.c
 * tells their common order of steps.
 */
#pragma once

#include "fs/path.h"

struct place {
	struct name name;	    /* last points into it */
	struct path parent;	    /* counted */
	struct last_component last;
	struct dentry *dentry;	    /* counted, once looked up; else NULL */
};

/* Reads the name and finds the parent; place_release() undoes it.  On error nothing is held. */
int place_find(struct place *place, int dirfd, user_address name);
/* Fills in the dentry of a LAST_NORMAL component, negative or not; the parent is locked. */
int place_lookup(struct place *place);
void place_release(struct place *place); /* the parent is not locked any more; may sleep */

/* The right to take `place`, looked up in its locked parent, away, as `directory` or not: -ENOENT
 * -EACCES -EPERM -ENOTDIR -EISDIR */
int place_may_delete(const struct place *place, bool directory);

static inline struct inode *place_directory(const struct place *place)
{
	return place->parent.dentry->inode;
}
