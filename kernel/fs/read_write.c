/* SPDX-License-Identifier: MIT */
/*
 * read_write.c - read(2), write(2) and their kin: what happens between the descriptor and the
 * file's operation.
 *
 * read and write use the file's own position, which is locked when another could use it meanwhile;
 * pread and pwrite bring theirs.  The vector forms gather segments first; a struct io hides the
 * difference from everything below.
 *
 * Errors: EBADF not open, or not so; EFAULT; EINVAL a position that would pass the largest, a file
 * without the operation, bad vectors; ESPIPE pread of a pipe; EISDIR; then the file's own.
 *
 * Locks: position_lock, outermost, and only where two could use the position: a file that one
 * descriptor of one unshared table holds is nobody else's.
 */
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "abi/uio.h"
#include "fs/file.h"
#include "lib/assert.h"
#include "memory/user_copy.h"
#include "task/task.h"

#define MOST_BYTES 0x7ffff000UL /* in one call: Linux's MAX_RW_COUNT */

/* EBADF comes before EISDIR: a directory is open for reading, and still cannot be read
 * (read(2)). */
ssize_t file_read(struct file *file, struct io *to, loff_t *position)
{
	if (unlikely(!(file->mode & FILE_READ)))
		return -EBADF;
	if (unlikely(!file->ops->read))
		return S_ISDIR(file->inode->mode) ? -EISDIR : -EINVAL;
	return file->ops->read(file, to, position);
}

/* Directories are not open for writing (EISDIR from open(2)): EBADF comes first here, too. */
ssize_t file_write(struct file *file, struct io *from, loff_t *position)
{
	if (unlikely(!(file->mode & FILE_WRITE)))
		return -EBADF;
	if (unlikely(!file->ops->write))
		return -EINVAL;
	return file->ops->write(file, from, position);
}

/* Takes the position for one operation: only files with a position, only when others share it. */
static bool position_lock(struct fd_reference reference)
{
	struct file *file = reference.file;

	if (!(file->mode & FILE_SEEKABLE) || (file->count == 1 && !reference.counted))
		return false;
	mutex_acquire(&file->position_lock);
	return true;
}

typedef ssize_t (*transfer)(struct file *file, struct io *io, loff_t *position);

/* A transfer may reach the largest position, no further. */
static ssize_t transfer_at(struct file *file, struct io *io, loff_t *position, transfer move)
{
	loff_t end;

	if (*position < 0 || __builtin_add_overflow(*position, (loff_t)io->left, &end))
		return -EINVAL;
	return move(file, io, position);
}

/* `inline` so that each caller calls its one transfer directly. */
static inline long transfer_here(int fd, struct io *io, transfer move)
{
	struct fd_reference reference = fd_get(fd);
	struct file *file = reference.file;
	ssize_t moved;
	bool locked;

	if (!file)
		return -EBADF;
	locked = position_lock(reference);
	moved = transfer_at(file, io, &file->position, move);
	if (locked)
		mutex_release(&file->position_lock);
	fd_put(reference);
	return moved;
}

/* pread(2) and pwrite(2): the file's own position is neither used nor moved, so nothing is
 * locked. */
static long transfer_there(int fd, struct io *io, loff_t position, transfer move)
{
	struct fd_reference reference = fd_get(fd);
	struct file *file = reference.file;
	ssize_t moved;

	if (position < 0)
		moved = -EINVAL;
	else if (!file)
		moved = -EBADF;
	else if (!(file->mode & FILE_SEEKABLE))
		moved = -ESPIPE;
	else
		moved = transfer_at(file, io, &position, move);
	fd_put(reference);
	return moved;
}

/* The descriptor comes before the buffer, the buffer before the position.  A pipe has no positions
 * whoever may read or write it. */
static int buffer_check(int fd, user_address buffer, size_t count, uint32_t right, bool positioned)
{
	struct fd_reference reference;
	int error = -EFAULT;

	if (likely(user_range_valid(buffer, count)))
		return 0;
	reference = fd_get(fd);
	if (!reference.file)
		error = -EBADF;
	else if (positioned && !(reference.file->mode & FILE_SEEKABLE))
		error = -ESPIPE;
	else if (!(reference.file->mode & right))
		error = -EBADF;
	fd_put(reference);
	return error;
}

/* The io is set up in any case; a count beyond MOST_BYTES is cut, which read(2) allows. */
static long buffer_init(struct io *io, int fd, user_address buffer, size_t count, uint32_t right,
			bool positioned)
{
	int error = buffer_check(fd, buffer, count, right, positioned);

	io_user(io, buffer, min(count, MOST_BYTES));
	return error;
}

long sys_read(int fd, user_address buffer, size_t count)
{
	struct io io;
	long error = buffer_init(&io, fd, buffer, count, FILE_READ, false);

	return error ? error : transfer_here(fd, &io, file_read);
}

long sys_write(int fd, user_address buffer, size_t count)
{
	struct io io;
	long error = buffer_init(&io, fd, buffer, count, FILE_WRITE, false);

	return error ? error : transfer_here(fd, &io, file_write);
}

long sys_pread64(int fd, user_address buffer, size_t count, int64_t position)
{
	struct io io;
	long error = position < 0 ? -EINVAL : buffer_init(&io, fd, buffer, count, FILE_READ, true);

	return error ? error : transfer_there(fd, &io, position, file_read);
}

long sys_pwrite64(int fd, user_address buffer, size_t count, int64_t position)
{
	struct io io;
	long error = position < 0 ? -EINVAL : buffer_init(&io, fd, buffer, count, FILE_WRITE, true);

	return error ? error : transfer_there(fd, &io, position, file_write);
}

#define RWF_SERVED (RWF_HIPRI | RWF_DSYNC | RWF_SYNC) /* the flags that ask for nothing more */

/* What is known of the descriptor before the vector is looked at; whether it gives the right is
 * asked only behind that. */
static int vector_file_check(int fd, uint32_t right, bool positioned, bool *allowed)
{
	struct fd_reference reference = fd_get(fd);
	int error = 0;

	if (!reference.file)
		error = -EBADF;
	else if (positioned && !(reference.file->mode & FILE_SEEKABLE))
		error = -ESPIPE;
	*allowed = !error && (reference.file->mode & right);
	fd_put(reference);
	return error;
}

/* A vector's segments, then the transfer at `position`, or at the file's own if that is NULL.
 * Without bytes there is nothing else to be wrong. */
static long transfer_vector(int fd, user_address vector, uint64_t count, const loff_t *position,
			    int flags, transfer move)
{
	struct io_segment few[IO_SEGMENTS_FEW], *segments;
	bool allowed;
	struct io io;
	size_t bytes;
	long result = vector_file_check(fd, move == file_read ? FILE_READ : FILE_WRITE, position,
					&allowed);

	if (!result)
		result = io_segments_import(vector, count, few, &segments, &bytes);
	if (result)
		return result;
	io_user_segments(&io, segments, min(bytes, MOST_BYTES));
	if (!allowed)
		result = -EBADF;
	else if (!bytes)
		result = 0;
	else if (flags & ~RWF_SERVED)
		result = -EOPNOTSUPP;
	else if (position)
		result = transfer_there(fd, &io, *position, move);
	else
		result = transfer_here(fd, &io, move);
	io_segments_free(segments, few);
	return result;
}

long sys_readv(int fd, user_address vector, uint64_t count)
{
	return transfer_vector(fd, vector, count, NULL, 0, file_read);
}

long sys_writev(int fd, user_address vector, uint64_t count)
{
	return transfer_vector(fd, vector, count, NULL, 0, file_write);
}

long sys_preadv(int fd, user_address vector, uint64_t count, uint64_t offset, uint64_t high)
{
	loff_t position = offset;

	if (position < 0)
		return -EINVAL;
	return transfer_vector(fd, vector, count, &position, 0, file_read);
}

long sys_pwritev(int fd, user_address vector, uint64_t count, uint64_t offset, uint64_t high)
{
	loff_t position = offset;

	if (position < 0)
		return -EINVAL;
	return transfer_vector(fd, vector, count, &position, 0, file_write);
}

/* preadv2, pwritev2: position -1 is the file's own; of the flags only hints are served. */
static long transfer_vector2(int fd, user_address vector, uint64_t count, loff_t position,
			     int flags, transfer move)
{
	if (position < -1)
		return -EINVAL;
	return transfer_vector(fd, vector, count, position == -1 ? NULL : &position, flags, move);
}

long sys_preadv2(int fd, user_address vector, uint64_t count, uint64_t offset, uint64_t high,
		 int flags)
{
	return transfer_vector2(fd, vector, count, offset, flags, file_read);
}

long sys_pwritev2(int fd, user_address vector, uint64_t count, uint64_t offset, uint64_t high,
		  int flags)
{
	return transfer_vector2(fd, vector, count, offset, flags, file_write);
}

/* What it means is the file's: a directory's positions are cookies, a pipe has none (ESPIPE). */
long sys_lseek(int fd, int64_t offset, int whence)
{
	struct fd_reference reference = fd_get(fd);
	struct file *file = reference.file;
	bool locked;
	long result;

	if (!file)
		return -EBADF;
	if (whence < SEEK_SET || whence > SEEK_HOLE) {
		result = -EINVAL;
	} else if (!file->ops->seek) {
		result = -ESPIPE;
	} else {
		locked = position_lock(reference);
		result = file->ops->seek(file, offset, whence);
		if (locked)
			mutex_release(&file->position_lock);
	}
	fd_put(reference);
	return result;
}

ssize_t file_read_kernel(struct file *file, void *to, size_t bytes, loff_t position)
{
	struct io io;

	io_kernel(&io, to, bytes);
	return file_read(file, &io, &position);
}

ssize_t file_write_kernel(struct file *file, const void *from, size_t bytes, loff_t position)
{
	struct io io;

	io_kernel(&io, (void *)from, bytes);
	return file_write(file, &io, &position);
}
