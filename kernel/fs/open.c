/* SPDX-License-Identifier: MIT */
/*
 * open.c - open(2): flags, look-up or creation of the last component, rights, then the file.
 *
 * The order of checks decides which error a program sees; it is Linux's: the walk to the parent,
 * the last component (O_CREAT, O_EXCL, links), what kind of thing it is, its permission bits,
 * then what opening itself may refuse (ETXTBSY, EROFS, ENXIO), and O_TRUNC last of all.
 *
 * Locks: the parent's inode->lock while a last component is looked up or created; none while the
 * file is set up, which may sleep for long (a FIFO waits for its other end). The descriptor is
 * reserved first, so that after opening (and truncating!) nothing can fail any more.
 */
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "fs/file.h"
#include "fs/mount.h"
#include "lib/assert.h"
#include "task/credentials.h"
#include "task/process.h"

struct open_request {
	int flags;
	uint32_t mode;	 /* permission bits of a new file, umask not yet applied */
	unsigned access; /* ACCESS_* that the file needs */
	bool created;	 /* by us: rights to it need no check */
};

#define KNOWN_FLAGS                                                                                \
	(O_ACCMODE | O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_APPEND | O_NONBLOCK | O_SYNC |      \
	 FASYNC | O_DIRECT | O_LARGEFILE | O_DIRECTORY | O_NOFOLLOW | O_NOATIME | O_CLOEXEC |      \
	 O_PATH | O_TMPFILE)
#define TMPFILE_BIT (O_TMPFILE & ~O_DIRECTORY)

/* Unknown flags are ignored, as open(2) always has; with O_PATH all but four are.  -EINVAL:
 * O_TMPFILE that is not for writing. */
static int request_init(struct open_request *request, int flags, uint32_t mode)
{
	static const unsigned access[] = { ACCESS_READ, ACCESS_WRITE, ACCESS_READ | ACCESS_WRITE,
					   ACCESS_READ | ACCESS_WRITE };

	flags &= KNOWN_FLAGS;
	if (flags & O_PATH)
		flags &= O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	*request = (struct open_request){ .flags = flags, .access = access[flags & O_ACCMODE] };
	if (flags & (O_CREAT | TMPFILE_BIT))
		/* Without O_CREAT the third argument is whatever lay in the register. */
		request->mode = mode & 07777;
	/* O_RDONLY | O_TRUNC truncates on Linux (open(2) calls it unspecified): it takes the right
	 * to. */
	if (flags & O_TRUNC)
		request->access |= ACCESS_WRITE;
	if (flags & O_PATH)
		request->access = 0;
	if (!(flags & TMPFILE_BIT))
		return 0;
	if ((flags & (O_TMPFILE | O_CREAT)) != O_TMPFILE || !(request->access & ACCESS_WRITE))
		return -EINVAL;
	return 0;
}

/* The name is free: a regular file takes it.  The directory is locked. */
static int file_create(struct walk *walk, struct dentry *dentry, struct open_request *request)
{
	struct inode *dir = walk->at.dentry->inode;
	int error = path_want_write(&walk->at);

	assert(!dentry->inode && mutex_held(&dir->lock));
	if (!error)
		error = inode_may_create(dir);
	if (!error && !dir->ops->create)
		error = -EACCES;
	if (!error)
		error = dir->ops->create(dir, dentry,
					 inode_new_mode(dir, S_IFREG | request->mode), 0);
	request->created = !error;
	return error;
}

/* The dentry of the last component, made if that is wanted; with a count.  One hold of the lock for
 * look and making: of two who open with O_CREAT | O_EXCL exactly one makes the file. */
static int last_find_or_create(struct walk *walk, struct open_request *request, struct dentry **to)
{
	struct inode *dir = walk->at.dentry->inode;
	int error;

	mutex_acquire(&dir->lock);
	error = path_lookup_one(&walk->at, &walk->last, to);
	if (!error && !(*to)->inode) {
		error = request->flags & O_CREAT ? file_create(walk, *to, request) : -ENOENT;
		if (error)
			dentry_put(*to);
	}
	mutex_release(&dir->lock);
	return error;
}

/* With O_CREAT: from the parent to the file, through links at the end unless O_EXCL or
 * O_NOFOLLOW. */
static int walk_create(struct walk *walk, struct open_request *request)
{
	bool follow = !(request->flags & (O_EXCL | O_NOFOLLOW));
	struct dentry *dentry;
	int error;

	while (walk->last.kind == LAST_NORMAL) {
		/* No file can be created with a slash behind it: EISDIR, even where nothing is
		 * there. */
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

/* What O_CREAT, O_DIRECTORY, and the kind of thing found have to say; open(2), ERRORS. */
static int check_kind(const struct walk *walk, const struct open_request *request)
{
	const struct inode *inode = walk->at.dentry->inode;
	int flags = request->flags;

	if ((flags & O_CREAT) && (flags & O_EXCL) && !request->created)
		return -EEXIST;
	if ((flags & O_CREAT) && S_ISDIR(inode->mode))
		return -EISDIR;
	if (!(flags & O_CREAT) && walk_check_end(walk))
		return -ENOTDIR;
	if ((flags & O_PATH))
		return 0;
	/* It was not followed, by O_NOFOLLOW: only O_PATH may have a link itself. */
	if (S_ISLNK(inode->mode))
		return -ELOOP;
	if (S_ISDIR(inode->mode) && (request->access & ACCESS_WRITE))
		return -EISDIR;
	if ((S_ISCHR(inode->mode) || S_ISBLK(inode->mode)) && (walk->at.mount->flags & MS_NODEV))
		return -EACCES;
	return 0;
}

/* Who has just created a file may open it whatever its mode: open("x", O_CREAT | O_WRONLY, 0). */
static int check_rights(const struct path *path, const struct open_request *request)
{
	struct inode *inode = path->dentry->inode;
	int error = 0;

	if (request->flags & O_PATH)
		return 0;
	if (S_ISREG(inode->mode) && (request->flags & O_TRUNC) && !request->created)
		error = path_want_write(path);
	if (!error && !request->created)
		error = inode_permission(inode, request->access, current->credentials);
	if (!error && (request->flags & O_NOATIME) && !inode_is_ours(inode))
		error = -EPERM;
	return error;
}

/* O_TRUNC, when the file is open and nothing else can fail.  As a writer for the moment: opened for
 * reading only it is not one, and a program that runs must not lose its text. */
static int truncate_opened(struct file *file)
{
	struct attributes to = { .valid = ATTRIBUTE_SIZE | ATTRIBUTE_MTIME | ATTRIBUTE_CTIME };
	struct inode *inode = file->inode;
	int error;

	to.mtime = to.ctime = inode_now();
	error = inode_write_get(inode);
	if (error)
		return error;
	assert(file->count == 1 && S_ISREG(inode->mode));
	mutex_acquire(&inode->lock);
	error = inode_strip_privileges(inode);
	if (!error)
		error = inode_change(inode, &to);
	mutex_release(&inode->lock);
	inode_write_put(inode);
	return error;
}

/* O_TMPFILE: a file in `at`'s file system without a name. */
static int open_nameless(const struct walk *walk, struct open_request *request)
{
	const struct inode *dir = walk->at.dentry->inode;

	return S_ISDIR(dir->mode) ? -EOPNOTSUPP : -ENOTDIR;
}

/* From the place that was found to the file: the checks in Linux's order. */
static int open_end(struct walk *walk, struct open_request *request, struct file **to)
{
	int error = check_kind(walk, request);

	if (!error)
		error = check_rights(&walk->at, request);
	if (!error && (request->flags & TMPFILE_BIT))
		error = open_nameless(walk, request);
	if (!error)
		error = file_open_path(&walk->at, request->flags, to);
	if (error)
		return error;
	if ((request->flags & O_TRUNC) && !request->created &&
	    S_ISREG(walk->at.dentry->inode->mode))
		error = truncate_opened(*to);
	if (error)
		file_put(*to);
	return error;
}

int file_open(int dirfd, const char *name, int flags, uint32_t mode, struct file **to)
{
	struct open_request request;
	struct walk walk;
	unsigned lookup = 0;
	int error = request_init(&request, flags, mode);

	if (error)
		return error;
	if (!(request.flags & O_NOFOLLOW))
		lookup |= LOOKUP_FOLLOW;
	if (request.flags & O_DIRECTORY)
		lookup |= LOOKUP_DIRECTORY;
	error = walk_start(&walk, dirfd, name, lookup);
	if (error)
		return error;
	error = walk_parent(&walk);
	if (!error)
		error = request.flags & O_CREAT ? walk_create(&walk, &request) : walk_last(&walk);
	if (!error)
		error = open_end(&walk, &request, to);
	/* The file has counted the path for itself. */
	walk_end(&walk);
	path_put(&walk.at);
	return error;
}

/* Reserve, open, install: EMFILE must come before a file is created or truncated. */
static long descriptor_open(int dirfd, const char *name, int flags, uint32_t mode)
{
	int fd = fd_reserve(0, flags & O_CLOEXEC), error;
	struct file *file;

	if (fd < 0)
		return fd;
	error = file_open(dirfd, name, flags, mode, &file);
	if (error) {
		fd_release(fd);
		return error;
	}
	fd_install(fd, file);
	return fd;
}

long sys_openat(int dirfd, user_address path, int flags, unsigned mode)
{
	struct open_request unused;
	struct name name;
	long result = request_init(&unused, flags, mode);

	if (result)
		return result;
	result = name_read(&name, path, false);
	if (result)
		return result;
	result = descriptor_open(dirfd, name.text, flags, mode);
	name_release(&name);
	return result;
}

long sys_open(user_address path, int flags, unsigned mode)
{
	return sys_openat(AT_FDCWD, path, flags, mode);
}

long sys_creat(user_address path, unsigned mode)
{
	return sys_openat(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}
