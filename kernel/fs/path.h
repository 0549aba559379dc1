/* SPDX-License-Identifier: MIT */
/*
 * path.h - from a name to (mount, dentry): path_resolution(7).
 *
 * One loop walks the components; one hash probe each.  Symbolic links are followed up to 40 times
 * (ELOOP); `..` crosses mounts upwards and stops at the task's root; a mount point crosses down.
 * Search permission is checked on every directory walked through.
 */
#pragma once

#include "fs/dentry.h"

struct path { /* both counted by whoever holds it */
	struct mount *mount;
	struct dentry *dentry;
};

void path_get(const struct path *path);
void path_put(const struct path *path);

#define LOOKUP_FOLLOW	 0x01 /* follow a symbolic link at the end */
#define LOOKUP_DIRECTORY 0x02 /* the end must be a directory */
#define LOOKUP_EMPTY	 0x08 /* "" names the start itself (AT_EMPTY_PATH) */

/* A path name copied from user memory. */
struct name {
	char *text;
	size_t length;
};
/* -EFAULT, -ENAMETOOLONG, -ENOENT for "" (unless `empty_allowed`), -ENOMEM. */
int name_read(struct name *name, user_address from, bool empty_allowed);
void name_release(struct name *name);
/* A buffer of PATH_MAX bytes; NULL: no memory. */
char *path_buffer_alloc(void);
void path_buffer_free(char *buffer);

/* Resolves from `dirfd` (AT_FDCWD: cwd) with the current task's root and credentials.
 * On success *to holds counts. -ENOENT -ENOTDIR -EACCES -ELOOP -ENAMETOOLONG -EBADF ... */
int path_lookup(int dirfd, const char *name, unsigned flags, struct path *to);
/* The same with a name in user memory: read, look up, release. */
int path_lookup_user(int dirfd, user_address name, unsigned flags, struct path *to);

/*
 * For create, unlink, rename: the parent directory and the last component.
 * `name` points into the name that was given; trailing slashes are told by trailing_slash.
 */
enum last_kind { LAST_NORMAL, LAST_DOT, LAST_DOTDOT, LAST_ROOT };
struct last_component {
	const char *name;
	uint8_t length;
	uint32_t hash;
	bool trailing_slash;
	enum last_kind kind;
};
int path_lookup_parent(int dirfd, const char *name, struct path *parent,
		       struct last_component *last);
/* The dentry of one component below a locked directory, negative ones included; with a count. */
int path_lookup_one(const struct path *parent, const struct last_component *last,
		    struct dentry **to);

/*
 * A walk in progress, for open(2), which may follow a link at the end and create what it names:
 * walk_start, then walk_parent: `at` is the parent directory, `last` the component in it, valid
 * until the walk goes on.  walk_follow goes into a symbolic link that `last` turned out to be, and
 * again up to its last component.  walk_end releases all but `at`.
 */
struct walk_text {
	const char *rest;    /* what is still to be walked of it */
	struct inode *link;  /* the symbolic link that it is the text of; NULL: the name given */
	const char *text;
};
struct walk {
	struct path at;	     /* counted */
	struct path root;    /* the task's: `/` and the end of `..` */
	struct last_component last;
	unsigned flags;	     /* LOOKUP_* */
	unsigned follows;    /* symbolic links so far */
	unsigned depth;	     /* texts[depth] is walked; those below wait with more to come */
	struct walk_text texts[SYMLINK_FOLLOWS_MAX + 1];
};
int walk_start(struct walk *walk, int dirfd, const char *name, unsigned flags);
int walk_parent(struct walk *walk);
int walk_last(struct walk *walk); /* resolves `last` as the flags say: `at` is the result */
/* `link`, with a count that is consumed, is a symbolic link in `at`; -ELOOP, -EACCES ... */
int walk_follow(struct walk *walk, struct dentry *link);
void walk_end(struct walk *walk);
/* Checks the end of a walk against LOOKUP_DIRECTORY and a trailing slash: -ENOTDIR. */
int walk_check_end(const struct walk *walk);

/* ---- between path.c and path_link.c ---- */

/* Goes into `dentry`, a symbolic link in `at` (count consumed): its text is what is walked next, or
 * `at` is where it leads.  0, -ELOOP, -EACCES, or what the file system says. */
int walk_link_enter(struct walk *walk, struct dentry *dentry);
void walk_text_release(struct walk_text *text); /* twice is no harm */

/* The path's name as seen from `root` (NULL: the global root) written to the END of buffer;
 * returns its start, or NULL (too long).  *reachable tells whether root was met; " (deleted)" is
 * added when `deleted_mark` and the dentry is unhashed. */
char *path_name(const struct path *path, const struct path *root, char *buffer, size_t room,
		bool deleted_mark, bool *reachable);
/* -EROFS when the mount or superblock is read-only. */
int path_want_write(const struct path *path);

/* Where a task stands: cwd, root, umask; counted, shared by CLONE_FS (fs/fs_context.c). */
struct fs_context {
	uint32_t count;
	uint32_t umask;
	struct path root, cwd;
};
struct fs_context *fs_context_create(const struct path *root); /* NULL: no memory */
