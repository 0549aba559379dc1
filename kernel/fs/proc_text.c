/* SPDX-License-Identifier: MIT */
/*
 * proc_text.c - files of /proc whose text is made when they are read.
 *
 * The text is made whole at the first read and kept with the open file; reading at position 0
 * makes it anew.  So a reader sees one consistent state, however small its buffer is, and who
 * rewinds sees news.
 *
 * Locks: a file's text is guarded by its position lock, which read, write and lseek hold.
 *
 * Errors of read(2): what show returns, ENOMEM, EFAULT, EACCES for a file that can only be
 * written; of write(2): what store returns, EIO where there is none, EFAULT.
 */
#include "fs/procfs.h"

#include "abi/errno.h"
#include "lib/string.h"
#include "memory/heap.h"
#include "task/credentials.h"

/* /proc/sys asks at each read and write, by the effective ids (Linux's sysctl_perm()): the
 * descriptor may have been opened by a task with other rights.  `bit`: of the mode's last three. */
static bool is_permitted(const struct proc_entry *entry, uint32_t bit)
{
	const struct credentials *as = current->credentials;
	uint32_t mode = entry->mode ? entry->mode : 0444;

	if (strncmp(entry->path, "sys/", 4) != 0)
		return true;
	if (as->euid == 0)
		mode >>= 6;
	else if (as->egid == 0 || credentials_in_group(as, 0))
		mode >>= 3;
	return mode & bit;
}

/* Asks the one who knows; 0 or -errno for read(2). */
static int proc_text_show(struct inode *inode, struct text *text)
{
	struct proc_node *node = inode->private;

	if (proc_is_process_inode(inode))
		return proc_process_show(inode, text);
	if (!is_permitted(node->entry, ACCESS_READ))
		return -EPERM;
	return node->entry->show ? node->entry->show(text) : -EACCES;
}

static ssize_t proc_text_read(struct file *file, struct io *to, loff_t *position)
{
	struct text *text = file->private;
	size_t moved, part;
	int error;

	if (!text) {
		text = file->private = kzalloc(sizeof(*text));
		if (!text)
			return -ENOMEM;
	}
	if (*position == 0 || !text->bytes) {
		text_free(text);
		error = proc_text_show(file->inode, text);
		if (error || text->error)
			return error ? error : text->error;
	}
	if ((size_t)*position >= text->length)
		return 0;
	part = min(text->length - *position, to->left);
	moved = io_copy_to(to, text->bytes + *position, part);
	*position += moved;
	return moved || !part ? (ssize_t)moved : -EFAULT;
}

static int proc_text_store(struct inode *inode, const char *bytes, size_t length)
{
	struct proc_node *node = inode->private;

	if (proc_is_process_inode(inode))
		return proc_process_store(inode, bytes, length);
	if (!is_permitted(node->entry, ACCESS_WRITE))
		return -EPERM;
	if (!node->entry->store)
		return -EIO;
	return length ? node->entry->store(bytes, length) : 0; /* no value, no change */
}

/* The bytes are copied in before the store is asked, which so sees one value, whole and ended by a
 * NUL, and no user memory. */
static ssize_t proc_text_write(struct file *file, struct io *from, loff_t *position)
{
	size_t length = min(from->left, PAGE_SIZE - 1), asked = from->left;
	char *bytes;
	int error = -EFAULT;

	bytes = kmalloc(PAGE_SIZE);
	if (!bytes)
		return -ENOMEM;
	if (io_copy_from(bytes, from, length) == length) {
		bytes[length] = '\0';
		error = proc_text_store(file->inode, bytes, length);
	}
	kfree(bytes);
	/* All that was asked counts as taken, though only a page was looked at: else programs that
	 * loop would send the rest as a second value. */
	return error ? error : (ssize_t)asked;
}

static void proc_text_release(struct file *file)
{
	struct text *text = file->private;

	if (text)
		text_free(text);
	kfree(text);
}

/* There is no end to count from: the length is known only once the text is made. */
static loff_t proc_text_seek(struct file *file, loff_t offset, int whence)
{
	if (whence != SEEK_CUR && whence != SEEK_SET)
		return -EINVAL;
	if (whence == SEEK_CUR && __builtin_add_overflow(offset, file->position, &offset))
		return -EINVAL;
	if (offset < 0)
		return -EINVAL;
	return file->position = offset;
}

const struct file_ops proc_text_ops = {
	.read = proc_text_read,
	.write = proc_text_write,
	.release = proc_text_release,
	.seek = proc_text_seek,
};
