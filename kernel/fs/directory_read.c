/* SPDX-License-Identifier: MIT */
/*
 * directory_read.c - getdents64(2) and its elder: entries of a directory as records.
 *
 * The file system feeds entries to a sink, which packs records into the user's buffer and says
 * when one does not fit; that one comes first the next time.  A record's d_off is the cookie
 * behind it; cookies are never positions, so that names may go and come meanwhile.
 *
 * Errors: ENOTDIR; EINVAL a buffer too small for the first record; EFAULT; ENOENT a directory that
 * has been removed. A record's inode number is that of the entry itself, not of what is mounted
 * there.
 *
 * Locks: position_lock, then the inode's; user memory is written under both (docs/locks.md: a
 * fault needs neither).
 */
#include "abi/dirent.h"
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "fs/file.h"
#include "fs/mount.h"
#include "lib/assert.h"
#include "lib/string.h"
#include "memory/user_copy.h"
#include "task/task.h"

struct old_record { /* struct linux_dirent of getdents(2): the type is the last byte */
	uint64_t number, cookie;
	uint16_t length;
	char name[];
};

struct record_sink {
	struct dirent_sink sink;
	user_address to;
	size_t left;
	int error;
	bool old, any;
};

union record {
	struct linux_dirent64 entry;
	struct old_record old;
	char bytes[round_up(sizeof(struct linux_dirent64) + NAME_MAX + 2, 8)];
};

/* Lays a record out; its length.  What pads it is nobody's. */
static size_t record_fill(union record *record, bool old, const char *name, size_t length,
			  uint64_t cookie, uint64_t inode, uint8_t type)
{
	size_t start = old ? offsetof(struct old_record, name)
			   : offsetof(struct linux_dirent64, d_name);
	size_t bytes = round_up(start + length + (old ? 2 : 1), 8);

	debug_assert(length > 0 && bytes <= sizeof(*record));
	memcpy(record->bytes + start, name, length);
	record->bytes[start + length] = '\0';
	if (old) {
		record->old.number = inode;
		record->old.cookie = cookie;
		record->old.length = bytes;
		record->bytes[bytes - 1] = type;
	} else {
		record->entry.d_ino = inode;
		record->entry.d_off = cookie;
		record->entry.d_reclen = bytes;
		record->entry.d_type = type;
	}
	return bytes;
}

/* What pads a record is not written, and of the first one the cookie goes first: Linux's order,
 * which shows where memory ends within a record. */
static int record_write(const struct record_sink *to, const union record *record, size_t bytes,
			size_t name_length)
{
	size_t name = to->old ? offsetof(struct old_record, name)
			      : offsetof(struct linux_dirent64, d_name);
	size_t cookie = offsetof(struct old_record, cookie);

	static_assert(offsetof(struct old_record, cookie) ==
			      offsetof(struct linux_dirent64, d_off), "either has it there");
	if (!to->any && user_put_number(to->to + cookie, record->bytes + cookie, sizeof(uint64_t)))
		return -EFAULT;
	if (user_put(to->to, record, name + name_length + 1))
		return -EFAULT;
	return to->old ? user_put(to->to + bytes - 1, record->bytes + bytes - 1, 1) : 0;
}

/* The sink's operation.  The first record that does not fit ends the call; that is an error only if
 * there is nothing before it (getdents(2), EINVAL). */
static bool record_put(struct dirent_sink *sink, const char *name, size_t length, uint64_t cookie,
		       uint64_t inode, uint8_t type)
{
	struct record_sink *to = container_of(sink, struct record_sink, sink);
	union record record;
	size_t bytes;

	assert(length <= NAME_MAX);
	bytes = record_fill(&record, to->old, name, length, cookie, inode, type);
	assert(bytes <= sizeof(record));
	if (bytes > to->left)
		to->error = -EINVAL; /* counts only when it was the first */
	else if (record_write(to, &record, bytes, length))
		to->error = -EFAULT;
	else
		to->any = true;
	if (to->error)
		return false;
	to->to += bytes;
	to->left -= bytes;
	return true;
}

/* A root's `..` is itself here: what it is mounted on is the walk's affair (path.c). */
bool directory_emit_dots(struct file *file, struct dirent_sink *sink)
{
	struct dentry *dentry = file->path.dentry;

	if (file->position == 0) {
		if (!sink->entry(sink, ".", 1, 1, file->inode->number, DT_DIR))
			return false;
		file->position = 1;
	}
	if (file->position == 1) {
		if (!sink->entry(sink, "..", 2, 2, dentry->parent->inode->number, DT_DIR))
			return false;
		file->position = 2;
	}
	return true;
}

/* The whole directory is locked while it is read, so no entry moves within one call. */
static int directory_read(struct file *file, struct record_sink *to)
{
	struct inode *inode = file->inode;
	int error = -ENOENT;

	mutex_acquire(&file->position_lock);
	mutex_acquire(&inode->lock);
	/* rmdir of a directory that somebody reads: it has no entries any more, not even dots. */
	if (inode->nlink > 0)
		error = file->ops->read_directory(file, &to->sink);
	mutex_release(&inode->lock);
	mutex_release(&file->position_lock);
	if (!error)
		inode_accessed(file->path.mount, inode);
	return error;
}

/* Bytes, 0 at the end.  What was put before an error is the answer: the error comes again. */
static long records_read(int fd, user_address buffer, unsigned count, bool old)
{
	struct record_sink to = { { record_put }, buffer, count, 0, old, false };
	struct fd_reference reference = fd_get(fd);
	long result;

	if (!reference.file)
		return -EBADF;
	if (reference.file->ops->read_directory)
		result = directory_read(reference.file, &to);
	else
		result = -ENOTDIR;
	fd_put(reference);
	if (result)
		return result;
	return to.any ? (long)(count - to.left) : to.error;
}

long sys_getdents64(int fd, user_address buffer, unsigned count)
{
	return records_read(fd, buffer, count, false);
}

long sys_getdents(int fd, user_address buffer, unsigned count)
{
	return records_read(fd, buffer, count, true);
}
