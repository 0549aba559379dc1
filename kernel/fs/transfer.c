/* SPDX-License-Identifier: MIT */
/*
 * transfer.c - bytes from file to file within the kernel (sendfile, copy_file_range), and hints and
 * promises about ranges of one file (fallocate, fadvise64, readahead).
 *
 * The copies go through one buffer: read from the one, write to the other, and where the write
 * was short, take the position back.
 *
 * Errors (sendfile(2), copy_file_range(2), fallocate(2)): EBADF not open so; ESPIPE an offset for
 * what has no position; EINVAL kinds that cannot, overlap within one file; EISDIR; EXDEV;
 * EFBIG, ENODEV, EOPNOTSUPP.
 *
 * The ends of a copy are fs/copy_end.h's; a file's own position moves as read(2) and write(2) move
 * it.
 */
#include "abi/errno.h"
#include "abi/fcntl.h"
#include "abi/syscalls.h"
#include "fs/copy_end.h"
#include "memory/heap.h"
#include "memory/user_copy.h"
#include "task/signal.h"

/* -EBADF, -EFAULT, -ESPIPE, -EINVAL; `right`: FILE_READ or FILE_WRITE. */
static int end_init(struct copy_end *end, int fd, user_address keep, uint32_t right)
{
	int error = copy_end_open(end, fd);

	if (error || !(end->reference.file->mode & right))
		return -EBADF;
	error = copy_end_keep(end, keep);
	if (error || !keep)
		return error;
	if (!(end->reference.file->mode & FILE_SEEKABLE))
		return -ESPIPE;
	return end->own < 0 ? -EINVAL : 0;
}

/* What moved, or the error if nothing did.  0 is the end of the source. */
static ssize_t copy_all(struct copy_end *from, struct copy_end *to, size_t bytes)
{
	void *buffer = kmalloc(COPY_BUFFER_BYTES);
	ssize_t done = 0, now = 0;

	if (!buffer)
		return -ENOMEM;
	while ((size_t)done < bytes) {
		now = copy_once(from, to, buffer, bytes - done);
		if (now <= 0)
			break;
		done += now;
		/* What has been copied is the answer; a signal before the first byte was the
		 * read's own affair. */
		if (signal_pending(current))
			break;
	}
	kfree(buffer);
	return done ? done : now;
}

/* The source must have a position to come back to: sendfile(2) reads what it cannot put back. */
static ssize_t sendfile_checked(struct copy_end *from, struct copy_end *to, size_t count)
{
	struct file *in = from->reference.file;

	if (!in->ops->read || !(in->mode & FILE_SEEKABLE))
		return -EINVAL;
	if (to->reference.file->flags & O_APPEND)
		return -EINVAL;
	return copy_all(from, to, min(count, COPY_MOST_BYTES));
}

/* Only the source can have an offset of the program's; the other goes by its own position. */
long sys_sendfile(int out, int in, user_address offset, size_t count)
{
	struct copy_end from, to;
	ssize_t done = end_init(&from, in, offset, FILE_READ);
	int error;

	if (done) {
		fd_put(from.reference);
		return done;
	}
	done = end_init(&to, out, 0, FILE_WRITE);
	if (!done)
		done = sendfile_checked(&from, &to, count);
	copy_end_close(&to);
	error = copy_end_close(&from);
	return error ? error : done;
}

/* What copying and sharing of ranges want: regular files, then the rights.  O_APPEND would make the
 * offset a lie. */
static int range_files_check(const struct file *from, const struct file *to)
{
	uint32_t in = from->inode->mode, out = to->inode->mode;

	if (S_ISDIR(in) || S_ISDIR(out))
		return -EISDIR;
	if (!S_ISREG(in) || !S_ISREG(out))
		return -EINVAL;
	if (!(from->mode & FILE_READ) || !(to->mode & FILE_WRITE) || (to->flags & O_APPEND))
		return -EBADF;
	return 0;
}

/* No file system here shares frames between files. */
int file_clone(const struct file *from, const struct file *to)
{
	int error = range_files_check(from, to);

	if (from->inode->superblock != to->inode->superblock)
		return -EXDEV;
	return error ? error : -EOPNOTSUPP;
}

/* Within one file system; no range onto itself. */
static ssize_t copy_range_checked(struct copy_end *from, struct copy_end *to, size_t count)
{
	struct inode *in = from->reference.file->inode, *out = to->reference.file->inode;
	uint64_t start = *from->position, into = *to->position;
	int error = range_files_check(from->reference.file, to->reference.file);

	if (error)
		return error;
	if (in->superblock != out->superblock)
		return -EXDEV;
	if (start + count < start || into + count < into)
		return -EOVERFLOW;
	/* What lies behind the source's end is not copied, and overlaps nothing. */
	count = *from->position < (loff_t)inode_size(in) ? min(count, inode_size(in) - start) : 0;
	if (*from->position < 0 || *to->position < 0)
		return -EINVAL;
	error = file_write_limit(to->reference.file, into, &count);
	if (error)
		return error;
	/* With one file read and written by turns, the source would be what was just copied. */
	if (in == out && start < into + count && into < start + count)
		return -EINVAL;
	return copy_all(from, to, min(count, COPY_MOST_BYTES));
}

/* Descriptors first, then offsets, flags, and at last what the files are. */
static ssize_t copy_range(struct copy_end *from, struct copy_end *to, user_address in_offset,
			  user_address out_offset, size_t count, unsigned flags)
{
	int error = copy_end_keep(from, in_offset);

	if (!error)
		error = copy_end_keep(to, out_offset);
	if (!error && flags)
		error = -EINVAL;
	return error ? error : copy_range_checked(from, to, count);
}

long sys_copy_file_range(int in, user_address in_offset, int out, user_address out_offset,
			 size_t count, unsigned flags)
{
	struct copy_end from, to;
	ssize_t done = copy_end_open(&from, in);
	int error = copy_end_open(&to, out);

	if (!done)
		done = error;
	if (!done)
		done = copy_range(&from, &to, in_offset, out_offset, count, flags);
	if (done <= 0) /* nothing has moved: positions are not written back */
		from.keep = to.keep = 0;
	error = copy_end_close(&to);
	if (copy_end_close(&from) || error)
		return -EFAULT;
	return done;
}

/* fallocate(2), ERRORS, in this order: EBADF, ESPIPE, EISDIR, ENODEV, EFBIG, EOPNOTSUPP. */
static long file_allocate(struct file *file, int mode, int64_t offset, int64_t length)
{
	uint32_t kind = file->inode->mode;
	int64_t end;

	if (!(file->mode & FILE_WRITE))
		return -EBADF;
	if (S_ISFIFO(kind))
		return -ESPIPE;
	if (S_ISDIR(kind))
		return -EISDIR;
	if (!S_ISREG(kind) && !S_ISBLK(kind))
		return -ENODEV;
	if (__builtin_add_overflow(offset, length, &end))
		return -EFBIG;
	if (!file->ops->allocate)
		return -EOPNOTSUPP;
	return file->ops->allocate(file, mode, offset, length);
}

/* Which kinds may be asked for together is fallocate(2)'s; which a file system can do, its own. */
static bool allocate_mode_valid(int mode)
{
	switch (mode & ~FALLOC_FL_KEEP_SIZE) {
	case 0:
	case FALLOC_FL_ZERO_RANGE:
	case FALLOC_FL_UNSHARE_RANGE:
		return true;
	case FALLOC_FL_PUNCH_HOLE:
		return mode & FALLOC_FL_KEEP_SIZE;
	case FALLOC_FL_COLLAPSE_RANGE:
	case FALLOC_FL_INSERT_RANGE:
		return !(mode & FALLOC_FL_KEEP_SIZE);
	default:
		return false;
	}
}

long sys_fallocate(int fd, int mode, int64_t offset, int64_t length)
{
	struct fd_reference reference = fd_get(fd);
	long result;

	if (!reference.file)
		return -EBADF;
	if (offset < 0 || length <= 0)
		result = -EINVAL;
	else if (!allocate_mode_valid(mode))
		result = -EOPNOTSUPP;
	else
		result = file_allocate(reference.file, mode, offset, length);
	fd_put(reference);
	return result;
}

/* Advice is checked and not followed: all that could be read ahead is in memory. */
long sys_fadvise64(int fd, int64_t offset, size_t length, int advice)
{
	struct fd_reference reference = fd_get(fd);
	struct file *file = reference.file;
	long result = 0;

	if (!file)
		return -EBADF;
	if (S_ISFIFO(file->inode->mode))
		result = -ESPIPE;
	else if ((int64_t)length < 0 || advice < POSIX_FADV_NORMAL || advice > POSIX_FADV_NOREUSE)
		result = -EINVAL;
	fd_put(reference);
	return result;
}

/* As with advice: checked (readahead(2), ERRORS), and nothing to do. */
long sys_readahead(int fd, int64_t offset, size_t count)
{
	struct fd_reference reference = fd_get(fd);
	struct file *file = reference.file;
	long result = 0;

	if (!file || !(file->mode & FILE_READ))
		result = -EBADF;
	else if (!S_ISREG(file->inode->mode) && !S_ISBLK(file->inode->mode))
		result = -EINVAL;
	fd_put(reference);
	return result;
}
