/* SPDX-License-Identifier: MIT */
/*
 * initramfs.c - unpacking the boot module into the root file system.
 *
 * Entries come in order, directories before what is in them; a later entry replaces an earlier one
 * of the same name.  Names with the same inode and device are links of one file, whose contents
 * come with the last of them.  One bad entry is reported and left out; the rest is still unpacked.
 *
 * The format is cpio's "newc" (lib/cpio.h), packed by gzip or not (lib/gzip.h), as in Linux's
 * Documentation/driver-api/early-userspace/buffer-format.rst. Runs once, at boot, as the superuser
 * and before there are other tasks: locks are taken because the operations insist.
 *
 * Memory: the packed module's frames are freed one by one when all is unpacked; a compressed one
 * is first unpacked into a row of 4 MiB runs, which go back as well.
 */
#include "fs/initramfs.h"
#include "abi/errno.h"
#include "fs/file.h"
#include "fs/mount.h"
#include "lib/assert.h"
#include "lib/cpio.h"
#include "lib/gzip.h"
#include "lib/printf.h"
#include "lib/string.h"
#include "memory/heap.h"

struct link_seen { /* the first name of a file that has several */
	struct list link;
	uint32_t inode, major, minor;
	struct inode *target; /* counted */
};

struct unpacking {
	struct list links;
	unsigned entries, failures;
};

/* ---- one entry ---- */

/* The archive's word is taken as it is, set-id bits included: it is the system. */
static void attributes_apply(struct inode *inode, const struct cpio_entry *entry)
{
	inode->mode = (inode->mode & S_IFMT) | (entry->mode & 07777);
	inode->uid = entry->uid;
	inode->gid = entry->gid;
	inode->mtime = inode->atime = (struct timespec){ .tv_sec = entry->mtime };
}

/* Removes what has the name already; a directory may stay for a directory. */
static int name_clear(struct inode *dir, struct dentry *dentry, const struct cpio_entry *entry)
{
	int error;

	if (!dentry->inode || (S_ISDIR(dentry->inode->mode) && S_ISDIR(entry->mode)))
		return 0;
	error = dir->ops->unlink(dir, dentry);
	if (!error)
		dentry_delete(dentry);
	return error;
}

static int data_write(struct inode *inode, const struct cpio_entry *entry)
{
	struct io io;
	ssize_t written;

	if (!entry->size)
		return 0;
	/* A later entry of the same file replaces what the earlier one brought. */
	page_cache_truncate(&inode->cache, 0);
	io_kernel(&io, (void *)entry->data, entry->size);
	written = page_cache_write(&inode->cache, &io, 0);
	if (inode->ops->write_end)
		inode->ops->write_end(inode);
	if (written < 0)
		return (int)written;
	return (size_t)written == entry->size ? 0 : -ENOMEM;
}

/* The target has no NUL in the archive. */
static int symlink_make(struct inode *dir, struct dentry *dentry, const struct cpio_entry *entry)
{
	char *target;
	int error;

	if (entry->size == 0 || entry->size >= PATH_MAX)
		return -ENAMETOOLONG;
	target = path_buffer_alloc();
	if (!target)
		return -ENOMEM;
	memcpy(target, entry->data, entry->size);
	target[entry->size] = '\0';
	error = dir->ops->symlink(dir, dentry, target);
	path_buffer_free(target);
	return error;
}

/* cpio tells the links of one file by the numbers that it had where it was archived. */
static struct link_seen *link_find(struct unpacking *unpacking, const struct cpio_entry *entry)
{
	struct link_seen *seen;

	list_for_each(seen, &unpacking->links, link)
		if (seen->inode == entry->inode && seen->major == entry->device_major &&
		    seen->minor == entry->device_minor)
			return seen;
	return NULL;
}

static void link_remember(struct unpacking *unpacking, const struct cpio_entry *entry,
			  struct inode *inode)
{
	struct link_seen *seen = kmalloc(sizeof(*seen));

	if (!seen)
		return; /* its other names become files of their own */
	*seen = (struct link_seen){ .inode = entry->inode, .major = entry->device_major,
				    .minor = entry->device_minor, .target = inode };
	assert(inode && S_ISREG(inode->mode));
	inode_get(inode);
	list_add_last(&unpacking->links, &seen->link);
}

static int regular_make(struct unpacking *unpacking, struct inode *dir, struct dentry *dentry,
			const struct cpio_entry *entry)
{
	struct link_seen *seen = entry->nlink > 1 ? link_find(unpacking, entry) : NULL;
	int error;

	if (seen)
		error = dir->ops->link(dir, dentry, seen->target);
	else
		error = dir->ops->create(dir, dentry, entry->mode, 0);
	if (!error && !seen && entry->nlink > 1)
		link_remember(unpacking, entry, dentry->inode);
	return error ? error : data_write(dentry->inode, entry);
}

/* The name is free (or a directory that stays); the directory is locked. */
static int entry_make(struct unpacking *unpacking, struct inode *dir, struct dentry *dentry,
		      const struct cpio_entry *entry)
{
	uint64_t device = device_number(entry->rdev_major, entry->rdev_minor);
	int error;

	if (S_ISREG(entry->mode))
		error = regular_make(unpacking, dir, dentry, entry);
	else if (S_ISLNK(entry->mode))
		error = symlink_make(dir, dentry, entry);
	else if (dentry->inode)
		error = 0;
	else if (S_ISDIR(entry->mode) || S_ISCHR(entry->mode) || S_ISBLK(entry->mode) ||
		 S_ISFIFO(entry->mode) || S_ISSOCK(entry->mode))
		error = dir->ops->create(dir, dentry, entry->mode,
					 S_ISCHR(entry->mode) || S_ISBLK(entry->mode) ? device : 0);
	else
		error = -EINVAL;
	if (!error)
		attributes_apply(dentry->inode, entry);
	return error;
}

/* One entry, with everything that it takes held only meanwhile: an error leaves no trace but the
 * missing name. */
static int entry_unpack(struct unpacking *unpacking, const struct cpio_entry *entry)
{
	struct last_component last;
	struct dentry *dentry = NULL;
	struct path parent;
	struct inode *dir;
	struct timespec mtime;
	int error;

	/* "." or "/": the root itself, which has its attributes changed only. */
	if (!*entry->name) {
		attributes_apply(root_mount->root->inode, entry);
		return 0;
	}
	error = path_lookup_parent(AT_FDCWD, entry->name, &parent, &last);
	if (error)
		return error;
	dir = parent.dentry->inode;
	mutex_acquire(&dir->lock);
	mtime = dir->mtime;
	error = last.kind == LAST_NORMAL ? path_lookup_one(&parent, &last, &dentry) : -EINVAL;
	if (!error)
		error = name_clear(dir, dentry, entry);
	if (!error && dentry->inode && !S_ISDIR(entry->mode))
		error = -EEXIST; /* an unlinked file that somebody still uses: cannot be at boot */
	if (!error)
		error = entry_make(unpacking, dir, dentry, entry);
	dir->mtime = mtime; /* it had been filled when it was archived */
	mutex_release(&dir->lock);
	if (dentry)
		dentry_put(dentry);
	path_put(&parent);
	return error;
}

static void links_forget(struct unpacking *unpacking)
{
	struct link_seen *seen;

	while ((seen = list_first(&unpacking->links, struct link_seen, link))) {
		list_remove(&seen->link);
		inode_put(seen->target);
		kfree(seen);
	}
}

bool archive_unpack(const void *archive, size_t bytes)
{
	struct unpacking unpacking = { .links = LIST_INIT(unpacking.links) };
	struct cpio_entry entry;
	struct cpio cpio;
	int more;

	cpio_open(&cpio, archive, bytes);
	while ((more = cpio_next(&cpio, &entry)) > 0) {
		int error = entry_unpack(&unpacking, &entry);

		unpacking.entries++;
		if (!error)
			continue;
		kprintf(LOG_ERROR, "initramfs: %s: error %d, left out", entry.name, -error);
		unpacking.failures++;
	}
	if (more < 0)
		kprintf(LOG_ERROR, "initramfs: %s after %u entries; the rest is left out",
			cpio.error, unpacking.entries);
	links_forget(&unpacking);
	kprintf(LOG_INFO, "initramfs: %u entries", unpacking.entries);
	return more == 0 && unpacking.failures == 0;
}

/* ---- the boot module ---- */

#define RUN_ORDER FRAME_ORDER_MAX
#define RUN_BYTES (PAGE_SIZE << RUN_ORDER)
#define RUNS_MAX  256

/*
 * Physically contiguous memory larger than a run: runs are taken, in order of address, until
 * `wanted` of them lie side by side, which at boot is soon.  The length that an archive claims may
 * be wrong; then the longest row that there is must do.
 */
struct rows {
	struct frame *runs[RUNS_MAX];
	unsigned count, best, best_length; /* runs[best] begins the longest row */
};

static void row_find(struct rows *rows)
{
	unsigned start = 0;

	assert(rows->count <= RUNS_MAX && rows->best_length == 0);
	for (unsigned i = 0; i < rows->count; i++) {
		if (i > 0 && rows->runs[i] != rows->runs[i - 1] + (1UL << RUN_ORDER))
			start = i;
		if (i + 1 - start > rows->best_length) {
			rows->best = start;
			rows->best_length = i + 1 - start;
		}
	}
}

static void rows_take(struct rows *rows, unsigned wanted)
{
	while (rows->count < RUNS_MAX && rows->best_length < wanted) {
		struct frame *run = frame_alloc_run(RUN_ORDER, FRAME_KERNEL, 0);
		unsigned at = rows->count;

		if (!run)
			return;
		for (; at > 0 && rows->runs[at - 1] > run; at--)
			rows->runs[at] = rows->runs[at - 1];
		rows->runs[at] = run;
		rows->count++;
		rows->best_length = 0;
		row_find(rows);
	}
}

/* What was unpacked before an error is an archive too, and used as far as it goes. */
static void gzip_archive_unpack(const void *from, size_t bytes)
{
	static struct rows rows;
	size_t size = gzip_size(from, bytes), room, done = 0;
	const char *why = "not enough memory to unpack it";
	void *to;

	rows_take(&rows, (size + RUN_BYTES - 1) / RUN_BYTES);
	room = min(size, rows.best_length * RUN_BYTES);
	if (room) {
		to = frame_address(rows.runs[rows.best]);
		if (gzip_unpack(from, bytes, to, room, &done, &why) >= 0)
			why = NULL;
		if (done)
			archive_unpack(to, done);
	}
	if (why)
		kprintf(LOG_ERROR, "initramfs: gzip: %s", why);
	while (rows.count > 0)
		frame_put(rows.runs[--rows.count]);
}

/* Frame by frame: the loader put it where it wanted, in no run of the allocator's. */
static void module_free(void)
{
	physical_address at = boot_info.module_start & PAGE_MASK;

	assert(boot_info.module_start < boot_info.module_end);
	for (; at < boot_info.module_end; at += PAGE_SIZE)
		frame_put(frame_of(at));
	/* So that nobody takes it for a module any more (frame_allocator.c put it under
	 * FRAME_KERNEL). */
	boot_info.module_end = boot_info.module_start;
}

void initramfs_unpack(void)
{
	const void *module = direct_map(boot_info.module_start);
	size_t bytes = boot_info.module_end - boot_info.module_start;

	if (!bytes) {
		kprintf(LOG_WARNING, "no initramfs: the root file system is empty");
		return;
	}
	if (gzip_recognise(module, bytes))
		gzip_archive_unpack(module, bytes);
	else
		archive_unpack(module, bytes);
	module_free();
}
