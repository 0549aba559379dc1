/* SPDX-License-Identifier: MIT */
/*
 * ramfs_mount.c - superblocks of ramfs, tmpfs and rootfs: options, limits, statfs (tmpfs(5)).
 *
 * tmpfs and the root have limits: half of the memory and as many inodes as half its pages, unless
 * size= and nr_inodes= say otherwise; ramfs has none.
 *
 * Errors of mount: EINVAL an option that is unknown or wrong (ramfs ignores those, as on Linux),
 * or limits below what is in use when remounting; ENOMEM. Sizes are in bytes with a suffix, or in
 * per cent of RAM; nr_blocks in pages.
 */
#include "abi/errno.h"
#include "fs/ramfs.h"
#include "lib/printf.h"
#include "lib/registry.h"
#include "lib/string.h"
#include "memory/heap.h"

static const struct file_system ramfs, tmpfs, rootfs;

/* What the default limits and per cents are of. */
static uint64_t memory_pages(void)
{
	struct frame_statistics statistics;

	frame_statistics_get(&statistics);
	return statistics.total;
}

/* A number with a suffix k, m, g: false when something else follows. */
static bool size_parse(const char *text, uint64_t *size, bool *percent)
{
	const char *end;
	uint64_t value = string_to_u64(text, &end, 0);
	unsigned shift = 0;

	if (end == text)
		return false;
	if (*end == 'k' || *end == 'K')
		shift = 10;
	else if (*end == 'm' || *end == 'M')
		shift = 20;
	else if (*end == 'g' || *end == 'G')
		shift = 30;
	*percent = *end == '%';
	if (shift || *percent)
		end++;
	*size = value << shift;
	return *end == '\0';
}

/* A number in `base` and nothing behind it. */
static bool number_parse(const char *text, int base, uint32_t *to)
{
	const char *end;
	uint64_t value = string_to_u64(text, &end, base);

	*to = value;
	return end != text && *end == '\0' && value <= UINT32_MAX;
}

/* size=: bytes rounded up to pages, or per cent of the memory. 0 is no limit, as on Linux. */
static bool pages_parse(const char *text, uint64_t *pages)
{
	uint64_t size;
	bool percent;

	if (!size_parse(text, &size, &percent))
		return false;
	*pages = percent ? memory_pages() * size / 100 : (size + PAGE_SIZE - 1) >> PAGE_SHIFT;
	return true;
}

/* One option of tmpfs: false when it is unknown or wrong. */
static bool option_apply(struct ramfs *fs, const char *option)
{
	const char *equals = strchr(option, '=');
	const char *value = equals ? equals + 1 : "";
	size_t name = equals ? (size_t)(equals - option) : strlen(option);
	bool percent;

	if (name == 4 && memcmp(option, "size", name) == 0)
		return pages_parse(value, &fs->max_pages);
	if (name == 9 && memcmp(option, "nr_blocks", name) == 0)
		return size_parse(value, &fs->max_pages, &percent) && !percent;
	if (name == 9 && memcmp(option, "nr_inodes", name) == 0)
		return size_parse(value, &fs->max_inodes, &percent) && !percent;
	if (name == 4 && memcmp(option, "mode", name) == 0)
		return number_parse(value, 8, &fs->mode);
	if (name == 3 && memcmp(option, "uid", name) == 0)
		return number_parse(value, 10, &fs->uid);
	if (name == 3 && memcmp(option, "gid", name) == 0)
		return number_parse(value, 10, &fs->gid);
	return strcmp(option, "inode64") == 0 || strcmp(option, "inode32") == 0 ||
	       strncmp(option, "huge=", 5) == 0 || strncmp(option, "mpol=", 5) == 0;
}

/* Options separated by commas; ramfs takes what it knows and ignores the rest. */
static int options_apply(struct ramfs *fs, const char *options, bool strict)
{
	char option[64];

	while (options && *options) {
		const char *comma = strchr(options, ',');
		size_t length = comma ? (size_t)(comma - options) : strlen(options);

		if (length >= sizeof(option))
			return -EINVAL;
		memcpy(option, options, length);
		option[length] = '\0';
		if (length && !option_apply(fs, option) && strict)
			return -EINVAL;
		options += length + (comma ? 1 : 0);
	}
	fs->mode &= 07777;
	return 0;
}

/* Without a limit the figures stay 0, as df(1) knows it of file systems without blocks. */
static void ramfs_statfs(struct superblock *superblock, struct statfs *to)
{
	const struct ramfs *fs = superblock->private;

	to->f_type = superblock->type == &ramfs ? RAMFS_MAGIC : TMPFS_MAGIC;
	to->f_bsize = PAGE_SIZE;
	to->f_namelen = NAME_MAX;
	if (fs->max_pages) {
		to->f_blocks = fs->max_pages;
		to->f_bfree = to->f_bavail = fs->max_pages - min(fs->pages, fs->max_pages);
	}
	if (fs->max_inodes) {
		to->f_files = fs->max_inodes;
		to->f_ffree = fs->max_inodes - min(fs->inodes, fs->max_inodes);
	}
}

/* Only the limits change; mode, uid and gid are of the root directory as it was made (tmpfs(5)).
 * The options go into a copy, so that a wrong one changes nothing. */
static int ramfs_remount(struct superblock *superblock, unsigned flags, const char *options)
{
	struct ramfs *fs = superblock->private, wanted = *fs;
	int error = options_apply(&wanted, options, superblock->type != &ramfs);

	if (error)
		return error;
	assert(mutex_held(&mounts_lock));
	if (wanted.max_pages && wanted.max_pages < fs->pages)
		return -EINVAL;
	if (wanted.max_inodes && wanted.max_inodes < fs->inodes)
		return -EINVAL;
	fs->max_pages = wanted.max_pages;
	fs->max_inodes = wanted.max_inodes;
	return 0;
}

/* What differs from the defaults, as Linux shows it in /proc/mounts. */
static void ramfs_show_options(struct superblock *superblock, char *to, size_t room)
{
	const struct ramfs *fs = superblock->private;
	uint64_t half = memory_pages() / 2;
	size_t used = 0;

	*to = '\0';
	if (superblock->type == &ramfs)
		return;
	if (fs->max_pages != half || superblock->type == &rootfs)
		used += snprintf(to + used, room - used, ",size=%luk", fs->max_pages * 4);
	if ((fs->max_inodes != half || superblock->type == &rootfs) && used < room)
		used += snprintf(to + used, room - used, ",nr_inodes=%lu", fs->max_inodes);
	if (fs->mode != 01777 && superblock->type != &rootfs && used < room)
		used += snprintf(to + used, room - used, ",mode=%03o", fs->mode);
	if (fs->uid && used < room)
		used += snprintf(to + used, room - used, ",uid=%u", fs->uid);
	if (fs->gid && used < room)
		used += snprintf(to + used, room - used, ",gid=%u", fs->gid);
	if (superblock->type == &tmpfs && used < room)
		snprintf(to + used, room - used, ",inode64");
}

/* All inodes are gone by now, and have given back what they took. */
static void ramfs_release(struct superblock *superblock)
{
	const struct ramfs *fs = superblock->private;

	assert(fs->inodes == 0 && fs->pages == 0);
	kfree(superblock->private);
}

static const struct superblock_ops ramfs_superblock_ops = {
	.statfs = ramfs_statfs,
	.remount = ramfs_remount,
	.release = ramfs_release,
	.show_options = ramfs_show_options,
};

/* The directory that "/" of the mount is; mode=, uid= and gid= are for it alone. */
static int root_create(struct superblock *superblock)
{
	struct ramfs *fs = superblock->private;
	int error;
	struct inode *inode = ramfs_inode_create(superblock, S_IFDIR | fs->mode, &error);

	if (!inode)
		return error;
	inode->uid = fs->uid;
	inode->gid = fs->gid;
	superblock->root = dentry_create_root(superblock, inode);
	if (superblock->root)
		return 0;
	inode_put(inode);
	return -ENOMEM;
}

/* The source is not looked at: there is nothing below. */
static int ramfs_mount(const struct file_system *type, const char *source, unsigned flags,
		       const char *options, struct superblock **to)
{
	struct superblock *superblock = superblock_create(type, &ramfs_superblock_ops);
	struct ramfs *fs = kzalloc(sizeof(*fs));
	int error = -ENOMEM;

	if (!superblock || !fs)
		goto undo;
	superblock->private = fs;
	superblock->flags = flags & MS_RDONLY;
	fs->mode = type == &tmpfs ? 01777 : 0755;
	if (type != &ramfs)
		fs->max_pages = fs->max_inodes = memory_pages() / 2;
	error = options_apply(fs, options, type != &ramfs);
	if (!error)
		error = root_create(superblock);
	if (error)
		goto undo;
	*to = superblock;
	return 0;
undo:
	kfree(fs);
	kfree(superblock);
	return error;
}

static const struct file_system ramfs = { .name = "ramfs", .mount = ramfs_mount };
static const struct file_system tmpfs = { .name = "tmpfs", .mount = ramfs_mount };
static const struct file_system rootfs = { .name = "rootfs", .mount = ramfs_mount };
REGISTER(file_system, ramfs);
REGISTER(file_system, tmpfs);
REGISTER(file_system, rootfs);
