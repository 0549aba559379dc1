/* SPDX-License-Identifier: MIT */
/*
 * place.h - a name that is about to be made, taken away or moved: its parent directory and itself.
 *
 * Shared by the calls that change directories (names.c, rename.c).
 */
#pragma once

#include "fs/path.h"

struct place {
	struct name name;	    /* last points into it */
	struct path parent;	    /* counted */
	struct last_component last;
	struct dentry *dentry;	    /* counted, once looked up; else NULL */
};

/* Reads the name and finds the parent; place_release() undoes it. */
int place_find(struct place *place, int dirfd, user_address name);
int place_lookup(struct place *place); /* the parent is locked */
void place_release(struct place *place);

/* The right to take `place` away, as `directory` or not: -ENOENT -EACCES -EPERM -ENOTDIR -EISDIR
 * -EBUSY */
int place_may_delete(const struct place *place, bool directory);

static inline struct inode *place_directory(const struct place *place)
{
	return place->parent.dentry->inode;
}
