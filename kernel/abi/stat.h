/* SPDX-License-Identifier: MIT */
/*
 * stat.h - what a file is: modes, struct stat (stat(2)), struct statx (statx(2)), struct statfs.
 */
#pragma once

#include <stdint.h>

#define S_IFMT   0170000
#define S_IFSOCK 0140000
#define S_IFLNK  0120000
#define S_IFREG  0100000
#define S_IFBLK  060000
#define S_IFDIR  040000
#define S_IFCHR  020000
#define S_IFIFO  010000
#define S_ISUID  04000
#define S_ISGID  02000
#define S_ISVTX  01000
#define S_IRWXU  0700
#define S_IRUSR  0400
#define S_IWUSR  0200
#define S_IXUSR  0100
#define S_IRWXG  070
#define S_IRGRP  040
#define S_IWGRP  020
#define S_IXGRP  010
#define S_IRWXO  07
#define S_IROTH  04
#define S_IWOTH  02
#define S_IXOTH  01

#define S_ISLNK(mode)  (((mode) & S_IFMT) == S_IFLNK)
#define S_ISREG(mode)  (((mode) & S_IFMT) == S_IFREG)
#define S_ISDIR(mode)  (((mode) & S_IFMT) == S_IFDIR)
#define S_ISCHR(mode)  (((mode) & S_IFMT) == S_IFCHR)
#define S_ISBLK(mode)  (((mode) & S_IFMT) == S_IFBLK)
#define S_ISFIFO(mode) (((mode) & S_IFMT) == S_IFIFO)
#define S_ISSOCK(mode) (((mode) & S_IFMT) == S_IFSOCK)

struct stat {
	uint64_t st_dev, st_ino, st_nlink;
	uint32_t st_mode, st_uid, st_gid, __pad0;
	uint64_t st_rdev;
	int64_t st_size, st_blksize, st_blocks; /* blocks of 512 bytes */
	uint64_t st_atime, st_atime_nsec, st_mtime, st_mtime_nsec, st_ctime, st_ctime_nsec;
	int64_t __unused[3];
};

struct statx_timestamp {
	int64_t tv_sec;
	uint32_t tv_nsec;
	int32_t __reserved;
};

struct statx {
	uint32_t stx_mask, stx_blksize;
	uint64_t stx_attributes;
	uint32_t stx_nlink, stx_uid, stx_gid;
	uint16_t stx_mode, __spare0[1];
	uint64_t stx_ino, stx_size, stx_blocks, stx_attributes_mask;
	struct statx_timestamp stx_atime, stx_btime, stx_ctime, stx_mtime;
	uint32_t stx_rdev_major, stx_rdev_minor, stx_dev_major, stx_dev_minor;
	uint64_t stx_mnt_id;
	uint32_t stx_dio_mem_align, stx_dio_offset_align;
	uint64_t __spare3[12];
};

#define STATX_TYPE            0x1
#define STATX_MODE            0x2
#define STATX_NLINK           0x4
#define STATX_UID             0x8
#define STATX_GID             0x10
#define STATX_ATIME           0x20
#define STATX_MTIME           0x40
#define STATX_CTIME           0x80
#define STATX_INO             0x100
#define STATX_SIZE            0x200
#define STATX_BLOCKS          0x400
#define STATX_BASIC_STATS     0x7ff
#define STATX_BTIME           0x800
#define STATX_MNT_ID          0x1000
#define STATX__RESERVED       0x80000000
#define STATX_ATTR_COMPRESSED 0x4
#define STATX_ATTR_IMMUTABLE  0x10
#define STATX_ATTR_APPEND     0x20
#define STATX_ATTR_NODUMP     0x40
#define STATX_ATTR_MOUNT_ROOT 0x2000

struct statfs {
	int64_t f_type, f_bsize;
	int64_t f_blocks, f_bfree, f_bavail, f_files, f_ffree; /* blocks of f_bsize bytes */
	struct { int32_t val[2]; } f_fsid;
	int64_t f_namelen, f_frsize, f_flags, f_spare[4];
};

/* statfs.f_type: what kind of file system. */
#define TMPFS_MAGIC         0x1021994
#define RAMFS_MAGIC         0x858458f6
#define PROC_SUPER_MAGIC    0x9fa0
#define SYSFS_MAGIC         0x62656572
#define DEVPTS_SUPER_MAGIC  0x1cd1
#define EXT2_SUPER_MAGIC    0xef53
#define PIPEFS_MAGIC        0x50495045
#define CGROUP2_SUPER_MAGIC 0x63677270
#define SOCKFS_MAGIC        0x534f434b
#define ANON_INODE_FS_MAGIC 0x9041934

/* statfs.f_flags (the ST_ names of statvfs(3)). */
#define ST_RDONLY      0x1
#define ST_NOSUID      0x2
#define ST_NODEV       0x4
#define ST_NOEXEC      0x8
#define ST_SYNCHRONOUS 0x10
#define ST_MANDLOCK    0x40
#define ST_NOATIME     0x400
#define ST_NODIRATIME  0x800
#define ST_RELATIME    0x1000
#define ST_VALID       0x20 /* f_flags is filled in */
#define ST_NOSYMFOLLOW 0x2000

/* utimensat(2): tv_nsec. */
#define UTIME_NOW  0x3fffffff
#define UTIME_OMIT 0x3ffffffe

/* Device numbers as struct stat and mknod(2) carry them. */
static inline uint64_t device_number(uint32_t major, uint32_t minor)
{
	return (minor & 0xff) | (uint64_t)(major & 0xfff) << 8 | (uint64_t)(minor & ~0xffU) << 12 |
	       (uint64_t)(major & ~0xfffU) << 32;
}
static inline uint32_t device_major(uint64_t device)
{
	return (uint32_t)(device >> 8 & 0xfff) | (uint32_t)(device >> 32 & ~0xfffU);
}
static inline uint32_t device_minor(uint64_t device)
{
	return (uint32_t)(device & 0xff) | (uint32_t)(device >> 12 & ~0xffU);
}
