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
#define LOOKUP_PARENT	 0x04 /* stop before the last component */
#define LOOKUP_EMPTY	 0x08 /* "" names the start itself (AT_EMPTY_PATH) */
#define LOOKUP_NO_MAGIC	 0x10

/* A path name copied from user memory, in a cached PATH_MAX buffer. */
struct name {
	char *text;
	size_t length;
};
/* -EFAULT, -ENAMETOOLONG, -ENOENT for "" (unless `empty_allowed`), -ENOMEM. */
int name_read(struct name *name, user_address from, bool empty_allowed);
void name_release(struct name *name);

/* Resolves from `dirfd` (AT_FDCWD: cwd) with the current task's root and credentials.
 * On success *to holds counts. -ENOENT -ENOTDIR -EACCES -ELOOP -ENAMETOOLONG -EBADF ... */
int path_lookup(int dirfd, const char *name, unsigned flags, struct path *to);
/* The same with a name in user memory: read, look up, release. */
int path_lookup_user(int dirfd, user_address name, unsigned flags, struct path *to);

/*
 * For create, unlink, rename: the parent directory and the last component.
 * `last` points into `name`; trailing slashes are told by *trailing; type: LAST_NORMAL, or "." / ".." / "/".
 */
enum last_kind { LAST_NORMAL, LAST_DOT, LAST_DOTDOT, LAST_ROOT };
struct last_component {
	const char *name;
	size_t length;
	bool trailing_slash;
	enum last_kind kind;
};
int path_lookup_parent(int dirfd, const char *name, struct path *parent, struct last_component *last);
/* The dentry of one component below a locked directory, negative ones included; with a count. */
int path_lookup_one(const struct path *parent, const char *name, size_t length, struct dentry **to);

/* The path's name as seen from `root` (NULL: the global root) written to the END of buffer;
 * returns its start, or NULL (too long).  *reachable tells whether root was met; " (deleted)" is added
 * when `deleted_mark` and the dentry is unhashed. */
char *path_name(const struct path *path, const struct path *root, char *buffer, size_t room,
		bool deleted_mark, bool *reachable);
/* -EROFS when the mount or superblock is read-only. */
int path_want_write(const struct path *path);

/* Kernel-internal conveniences for boot (initramfs) and drivers. */
struct fs_context { /* cwd, root, umask: counted, shared by CLONE_FS */
	uint32_t count;
	uint32_t umask;
	struct path root, cwd;
};
