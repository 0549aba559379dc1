/* SPDX-License-Identifier: MIT */
/* stat_forms.c - stat, statx and statfs say the same, and everything. */
#include "scratch.h"

#include <sys/statfs.h>
#include <sys/sysmacros.h>

struct times_of { /* struct statx_timestamp */
	int64_t seconds;
	uint32_t nanoseconds;
	int32_t pad;
};

struct extended { /* struct statx, which not every C library declares */
	uint32_t mask, block;
	uint64_t attributes;
	uint32_t links, uid, gid;
	uint16_t mode, pad;
	uint64_t inode, size, blocks, attributes_mask;
	struct times_of access, birth, change, modification;
	uint32_t rdev_major, rdev_minor, dev_major, dev_minor;
	uint64_t rest[16];
};

static void kinds(void)
{
	static const char *const names[] = { "file", "dir", "link", "fifo", "socket", "char", "block" };
	struct stat status;
	struct extended extended;

	for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		lstat(names[i], &status);
		SAYS(text("statx_%s", names[i]), SYS_statx, AT_FDCWD, names[i], AT_SYMLINK_NOFOLLOW,
		     0x7ff, &extended);
		observe_hex(text("mode_%s", names[i]), status.st_mode);
		observe_number(text("size_%s", names[i]), status.st_size);
		observe_number(text("links_%s", names[i]), status.st_nlink);
		observe_number(text("block_%s", names[i]), status.st_blksize);
		observe_hex(text("device_%s", names[i]), status.st_rdev);
		observe(text("same_%s", names[i]),
			extended.mode == status.st_mode && extended.inode == status.st_ino &&
				extended.size == (uint64_t)status.st_size &&
				extended.links == status.st_nlink &&
				extended.modification.seconds == status.st_mtime &&
				extended.modification.nanoseconds == status.st_mtim.tv_nsec &&
				extended.rdev_major == major(status.st_rdev) &&
				extended.rdev_minor == minor(status.st_rdev) &&
				extended.dev_major == major(status.st_dev) &&
				extended.dev_minor == minor(status.st_dev));
		observe_hex(text("mask_%s", names[i]), extended.mask & 0x7ff);
	}
}

static void statx_errors(void)
{
	struct extended extended;
	int fd = open("file", O_RDONLY);

	SAYS("statx_empty", SYS_statx, fd, "", AT_EMPTY_PATH, 0x7ff, &extended);
	SAYS("statx_empty_refused", SYS_statx, fd, "", 0, 0x7ff, &extended);
	SAYS("statx_missing", SYS_statx, AT_FDCWD, "missing", 0, 0x7ff, &extended);
	SAYS("statx_flags", SYS_statx, AT_FDCWD, "file", 0x10, 0x7ff, &extended);
	SAYS("statx_sync", SYS_statx, AT_FDCWD, "file", 0x6000, 0x7ff, &extended);
	SAYS("statx_reserved", SYS_statx, AT_FDCWD, "file", 0, 0x80000000, &extended);
	SAYS("statx_fault", SYS_statx, AT_FDCWD, "file", 0, 0x7ff, 8);
	SAYS("statx_force", SYS_statx, AT_FDCWD, "file", 0x2000, 0x7ff, &extended);
}

TEST
{
	struct statfs whole, same;
	struct stat status;
	int fd;

	scratch();
	file_make("file", "0123456789");
	mkdir("dir", 0750);
	symlink("some/where", "link");
	mknod("fifo", S_IFIFO | 0640, 0x103);
	mknod("socket", S_IFSOCK | 0600, 0);
	mknod("char", S_IFCHR | 0600, makedev(300, 70000));
	mknod("block", S_IFBLK | 0600, makedev(8, 1));
	kinds();
	statx_errors();
	SAYS("statfs", SYS_statfs, "file", &whole);
	observe_hex("kind", whole.f_type);
	observe_number("block", whole.f_bsize);
	observe_number("fragment", whole.f_frsize);
	observe_number("names", whole.f_namelen);
	observe("has_blocks", whole.f_blocks > 0 && whole.f_bfree <= whole.f_blocks);
	observe("has_files", whole.f_files > 0 && whole.f_ffree < whole.f_files);
	fd = open("file", O_RDONLY);
	SAYS("fstatfs", SYS_fstatfs, fd, &same);
	observe("same_kind", same.f_type == whole.f_type);
	SAYS("statfs_missing", SYS_statfs, "missing", &whole);
	SAYS("statfs_fault", SYS_statfs, "file", 8);
	SAYS("fstatfs_closed", SYS_fstatfs, 99, &whole);
	SAYS("fstat_fault", SYS_fstat, fd, 8);
	SAYS("fstat_closed", SYS_fstat, 99, &status);
	SAYS("mknod_dir", SYS_mknod, "node", S_IFDIR | 0700, 0);
	SAYS("mknod_link", SYS_mknod, "node", S_IFLNK | 0700, 0);
	SAYS("mknod_bad", SYS_mknod, "node", 0150000 | 0700, 0);
	SAYS("mknod_plain", SYS_mknod, "node", 0644, 0);
	SAYS("mknod_exists", SYS_mknod, "node", 0644, 0);
	SAYS("open_socket", SYS_open, "socket", O_RDONLY);
	SAYS("open_no_driver", SYS_open, "char", O_RDONLY);
	return 0;
}
