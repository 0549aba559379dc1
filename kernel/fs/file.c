/* SPDX-License-Identifier: MIT */
/*
 * file.c - open files: made for a path (or for none), counted, released.
 *
 * A file holds its path, its opener's credentials and, when it may write, one count of writers in
 * the inode (against exec) and in the mount (against a remount to read-only).  Opening is: set up,
 * take those, ask ops->open; closing undoes it in reverse.
 *
 * Locks: none; counts are plain numbers (kernel code is not preempted). `flags` changes by F_SETFL
 * alone, `mode` only here. ops->open may replace file->ops - devices and FIFOs do - and what it
 * set up is undone by the ops that are in place then.
 */
#include "fs/file.h"
#include "abi/errno.h"
#include "fs/char_device.h"
#include "fs/file_lock.h"
#include "fs/mount.h"
#include "lib/assert.h"
#include "memory/address_space.h"
#include "memory/heap.h"
#include "task/credentials.h"
#include "task/task.h"

static struct slab_cache file_cache = SLAB_CACHE("file", struct file);
static uint64_t used;

/* Flags that F_GETFL shows. */
#define SHOWN_FLAGS                                                                     \
	(O_ACCMODE | O_APPEND | O_NONBLOCK | FASYNC | O_DIRECT | O_SYNC | O_LARGEFILE | \
	 O_DIRECTORY | O_NOFOLLOW | O_NOATIME | O_PATH)
/* What ops->open may ask besides, and nobody later. */
#define OPENING_FLAGS O_NOCTTY

uint64_t files_open(void)
{
	return used;
}

/* Access mode 3 (neither reading nor writing: for ioctl alone) gives neither bit. */
static uint32_t mode_of(int flags)
{
	static const uint32_t modes[] = { FILE_READ, FILE_WRITE, FILE_READ | FILE_WRITE, 0 };

	return flags & O_PATH ? FILE_PATH : modes[flags & O_ACCMODE];
}

/* Count 1, without ops; NULL: no memory.  The opener's credentials are kept with the file, as Linux
 * keeps f_cred; no operation asks for them yet. */
static struct file *file_alloc(const struct path *path, int flags)
{
	struct file *file = slab_alloc(&file_cache);

	if (!file)
		return NULL;
	*file = (struct file){
		.count = 1,
		.mode = mode_of(flags),
		.flags = flags & (SHOWN_FLAGS | OPENING_FLAGS),
		.path = *path,
		.inode = path->dentry->inode,
		.credentials = credentials_get(current->credentials),
	};
	mutex_init(&file->position_lock);
	path_get(path);
	used++;
	return file;
}

/* Of a file that ops->open has refused, or that is released. */
static void file_free(struct file *file)
{
	assert(!(file->mode & FILE_DENIES_WRITE) && used > 0);
	credentials_put(file->credentials);
	path_put(&file->path);
	used--;
	slab_free(&file_cache, file);
}

/* Devices and FIFOs are written through, not to: they bar neither exec nor remounting. */
static bool counts_as_writer(const struct file *file)
{
	uint32_t mode = file->inode->mode;

	return (file->mode & FILE_WRITE) && !S_ISCHR(mode) && !S_ISBLK(mode) && !S_ISFIFO(mode) &&
	       !S_ISSOCK(mode) && !file->path.mount->detached;
}

/* Both or none: -ETXTBSY from the inode, -EROFS from the mount.  FILE_COUNTED remembers it, since
 * what counts_as_writer() goes by may change (a lazy unmount). */
static int writer_get(struct file *file)
{
	int error;

	if (!counts_as_writer(file))
		return 0;
	error = inode_write_get(file->inode);
	if (error)
		return error;
	error = mount_write_get(file->path.mount);
	if (error)
		inode_write_put(file->inode);
	else
		file->mode |= FILE_COUNTED;
	return error;
}

static void writer_put(struct file *file)
{
	if (!(file->mode & FILE_COUNTED))
		return;
	mount_write_put(file->path.mount);
	inode_write_put(file->inode);
}

/* What is behind the path decides what the file can do.  An O_PATH file has nothing behind it: no
 * rights were asked for, so no contents are to be had (open(2)). */
static int file_set_up(struct file *file)
{
	struct inode *inode = file->inode;
	int error;

	if (file->mode & FILE_PATH) {
		file->flags &= O_PATH | O_DIRECTORY | O_NOFOLLOW;
		file->ops = &path_file_ops;
		return 0;
	}
	file->flags |= O_LARGEFILE;
	file->ops = inode->file_ops;
	/* An inode that cannot be opened at all. */
	if (!file->ops)
		return -ENXIO;
	assert(!S_ISLNK(inode->mode));
	error = writer_get(file);
	if (error)
		return error;
	if (file->ops->open)
		error = file->ops->open(inode, file);
	if (error)
		writer_put(file);
	else if (file->ops->seek)
		file->mode |= FILE_SEEKABLE;
	return error;
}

int file_open_path(const struct path *path, int flags, struct file **to)
{
	struct file *file = file_alloc(path, flags);
	int error;

	if (!file)
		return -ENOMEM;
	error = file_set_up(file);
	file->flags &= ~OPENING_FLAGS;
	if (error)
		file_free(file);
	else
		*to = file;
	return error;
}

void file_get(struct file *file)
{
	debug_assert(file->count > 0);
	file->count++;
}

/* Early for an interpreter, whose file is only mapped once it runs; twice is no harm. */
void file_allow_write(struct file *file)
{
	if (file->mode & FILE_DENIES_WRITE)
		inode_write_allow(file->inode);
	file->mode &= ~FILE_DENIES_WRITE;
}

void file_put(struct file *file)
{
	debug_assert(file->count > 0);
	if (--file->count > 0)
		return;
	/* Locks first: who waits for them may go on even if the release below sleeps. */
	if (file->locked_whole)
		file_locks_release_file(file);
	if (file->ops->release)
		file->ops->release(file);
	/* After release: until here the file may still write, so exec must not run it. */
	writer_put(file);
	file_allow_write(file);
	file_free(file);
}

/* No writers are counted, no ops->open is asked: no remount can make the nameless mount
 * read-only, and the caller has made what is behind the file. */
int file_create_anonymous(const char *name, struct inode *inode, const struct file_ops *ops,
			  int flags, void *private, struct file **to)
{
	struct path path = { mount_nameless(), NULL };
	struct file *file;

	debug_assert(inode->count > 0 && path.mount);
	path.dentry = dentry_create_nameless(inode->superblock, name, inode);
	if (!path.dentry)
		return -ENOMEM;
	file = file_alloc(&path, flags);
	if (!file) {
		inode_get(inode); /* the caller keeps it when we fail */
		dentry_put(path.dentry);
		return -ENOMEM;
	}
	dentry_put(path.dentry);
	file->ops = ops;
	file->private = private;
	file->mode |= ops->seek ? FILE_SEEKABLE : 0;
	*to = file;
	return 0;
}

/* ---- what opening a special node does ---- */

/* open(2), ENXIO: a socket's name is for connect(2), and no block device has a driver. */
static int nothing_there(struct inode *inode, struct file *file)
{
	return -ENXIO;
}

static const struct file_ops no_ops = { .open = nothing_there }; /* sockets; block devices */
const struct file_ops path_file_ops = { .open = NULL };

const struct file_ops *special_file_ops(uint32_t mode)
{
	if (S_ISCHR(mode))
		return &char_device_ops;
	return S_ISFIFO(mode) ? &fifo_ops : &no_ops;
}

/* ---- memory's steps: areas count the files that they map ---- */

void area_file_get(struct file *file)
{
	file_get(file);
}

void area_file_put(struct file *file)
{
	file_put(file);
}
