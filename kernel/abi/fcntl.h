/* SPDX-License-Identifier: MIT */
/*
 * fcntl.h - open(2)'s flags, fcntl(2)'s commands, the AT_ flags of the *at() family and their kin.
 */
#pragma once

#include <stdint.h>

/* open(2): access mode, creation flags, status flags. Bits not named here are ignored. */
#define O_RDONLY    0
#define O_WRONLY    01
#define O_RDWR      02
#define O_ACCMODE   03
#define O_CREAT     0100
#define O_EXCL      0200
#define O_NOCTTY    0400
#define O_TRUNC     01000
#define O_APPEND    02000
#define O_NONBLOCK  04000
#define O_DSYNC     010000
#define FASYNC      020000
#define O_DIRECT    040000
#define O_LARGEFILE 0100000
#define O_DIRECTORY 0200000
#define O_NOFOLLOW  0400000
#define O_NOATIME   01000000
#define O_CLOEXEC   02000000
#define O_SYNC      04010000
#define O_PATH      010000000
#define O_TMPFILE   020200000

/* fcntl(2). */
#define F_DUPFD         0
#define F_GETFD         1
#define F_SETFD         2
#define F_GETFL         3
#define F_SETFL         4
#define F_GETLK         5
#define F_SETLK         6
#define F_SETLKW        7
#define F_SETOWN        8
#define F_GETOWN        9
#define F_SETSIG        10
#define F_GETSIG        11
#define F_SETOWN_EX     15
#define F_GETOWN_EX     16
#define F_OFD_GETLK     36
#define F_OFD_SETLK     37
#define F_OFD_SETLKW    38
#define F_SETLEASE      1024
#define F_GETLEASE      1025
#define F_DUPFD_CLOEXEC 1030
#define F_NOTIFY        1026
#define F_SETPIPE_SZ    1031
#define F_GETPIPE_SZ    1032
#define F_ADD_SEALS     1033
#define F_GET_SEALS     1034
#define F_RDLCK         0
#define F_WRLCK         1
#define F_UNLCK         2
#define FD_CLOEXEC      1

struct flock { /* byte-range locks, fcntl(2) */
	int16_t l_type;
	int16_t l_whence;
	int64_t l_start, l_len; /* bytes; length 0: up to the end */
	int32_t l_pid;
};

/* flock(2). */
#define LOCK_SH 1
#define LOCK_EX 2
#define LOCK_NB 4
#define LOCK_UN 8

/* The *at() family. */
#define AT_FDCWD              (-100)
#define AT_SYMLINK_NOFOLLOW   0x100
#define AT_EACCESS            0x200
#define AT_REMOVEDIR          0x200
#define AT_SYMLINK_FOLLOW     0x400
#define AT_NO_AUTOMOUNT       0x800
#define AT_EMPTY_PATH         0x1000
#define AT_STATX_SYNC_TYPE    0x6000
#define AT_STATX_SYNC_AS_STAT 0x0
#define AT_STATX_FORCE_SYNC   0x2000
#define AT_STATX_DONT_SYNC    0x4000
#define AT_RECURSIVE          0x8000

/* access(2): what is asked; and lseek(2): from where. */
#define F_OK      0
#define X_OK      1
#define W_OK      2
#define R_OK      4
#define SEEK_SET  0
#define SEEK_CUR  1
#define SEEK_END  2
#define SEEK_DATA 3
#define SEEK_HOLE 4

/* renameat2(2), close_range(2), fallocate(2), posix_fadvise(2), splice(2). */
#define RENAME_NOREPLACE         0x1
#define RENAME_EXCHANGE          0x2
#define RENAME_WHITEOUT          0x4
#define CLOSE_RANGE_UNSHARE      0x2
#define CLOSE_RANGE_CLOEXEC      0x4
#define FALLOC_FL_KEEP_SIZE      0x1
#define FALLOC_FL_PUNCH_HOLE     0x2
#define FALLOC_FL_COLLAPSE_RANGE 0x8
#define FALLOC_FL_ZERO_RANGE     0x10
#define FALLOC_FL_INSERT_RANGE   0x20
#define FALLOC_FL_UNSHARE_RANGE  0x40
#define POSIX_FADV_NORMAL        0
#define POSIX_FADV_RANDOM        1
#define POSIX_FADV_SEQUENTIAL    2
#define POSIX_FADV_WILLNEED      3
#define POSIX_FADV_DONTNEED      4
#define POSIX_FADV_NOREUSE       5
#define SPLICE_F_MOVE            0x1
#define SPLICE_F_NONBLOCK        0x2
#define SPLICE_F_MORE            0x4
#define SPLICE_F_GIFT            0x8
