/* SPDX-License-Identifier: MIT */
/*
 * random_names.c - thousands of calls on a few names, in an order that looks random but is always
 * the same: whatever state the tree gets into, every answer is Linux's.  One line for 50 calls:
 * the hash of their results.  To find the first call that differs, shrink GROUP.
 */
#include "scratch.h"

#define CALLS 6000
#define GROUP 50

static uint64_t state = 20240117, hash;
static int files[6] = { -1, -1, -1, -1, -1, -1 };
static char bytes[9000];

static unsigned pick(unsigned below)
{
	state = state * 6364136223846793005 + 1442695040888963407;
	return (unsigned)(state >> 33) % below;
}

static const char *pick_name(void)
{
	static const char *const names[] = {
		"a", "b", "c", "d", "a/x", "b/x", "c/y", "a/x/z", "d/l", "a/..", "b/.", "c/", "a/x/",
		"./a", "d/../b", "l", "l/x", "m", "m/", "a/x/../../b", "x//y", ".", "..q", "a/b/c",
	};

	return names[pick(sizeof(names) / sizeof(names[0]))];
}

static void mix(long value)
{
	hash = (hash ^ (uint64_t)value) * 0x100000001b3;
}

static void mix_status(long result, const struct stat *status)
{
	mix(result);
	if (result)
		return;
	mix(status->st_mode);
	mix(status->st_nlink);
	mix(status->st_size);
	mix(status->st_blocks);
}

/* The names in a directory, in whatever order, through a small or a large buffer. */
static void mix_entries(int fd)
{
	long got, sum = 0;

	sys(SYS_lseek, fd, 0, SEEK_SET);
	while ((got = sys(SYS_getdents64, fd, bytes, pick(2) ? 200 : 4000)) > 0)
		for (long at = 0; at < got; at += *(uint16_t *)(bytes + at + 16))
			for (const char *c = bytes + at + 19; *c; c++)
				sum += *c * 17 + 1;
	mix(got);
	mix(sum);
}

static void reopen(int *file)
{
	static const int flags[] = {
		O_RDONLY, O_WRONLY | O_CREAT, O_RDWR | O_CREAT | O_EXCL, O_RDWR, O_WRONLY | O_TRUNC,
		O_RDWR | O_CREAT | O_APPEND, O_DIRECTORY, O_RDONLY | O_NOFOLLOW, O_PATH,
		O_RDWR | O_CREAT | O_NOFOLLOW, O_PATH | O_NOFOLLOW, O_RDONLY | O_CREAT,
	};

	if (*file >= 0)
		close(*file);
	*file = (int)sys(SYS_open, pick_name(), flags[pick(12)] | O_NONBLOCK, 0600 + pick(64));
	mix(*file < 0 ? *file : 0);
}

static void change_names(unsigned call)
{
	const char *a = pick_name(), *b = pick_name();

	switch (call) {
	case 0:
	case 1:
		return mix(sys(SYS_mkdir, a, 0700 + pick(8)));
	case 2:
		return mix(sys(SYS_rmdir, a));
	case 3:
		return mix(sys(SYS_unlink, a));
	case 4:
	case 5:
		return mix(sys(SYS_rename, a, b));
	case 6:
		return mix(sys(SYS_link, a, b));
	case 7:
		return mix(sys(SYS_symlink, b, a));
	case 8:
		return mix(sys(SYS_renameat2, AT_FDCWD, a, AT_FDCWD, b, pick(4)));
	default:
		return mix(sys(SYS_linkat, AT_FDCWD, a, AT_FDCWD, b, AT_SYMLINK_FOLLOW));
	}
}

static void use_names(unsigned call)
{
	const char *name = pick_name();
	struct stat status;

	switch (call) {
	case 0:
		return mix_status(sys(SYS_stat, name, &status), &status);
	case 1:
		return mix_status(sys(SYS_lstat, name, &status), &status);
	case 2:
		return mix(sys(SYS_truncate, name, (long)pick(9000)));
	case 3:
		return mix(sys(SYS_chmod, name, pick(4096)));
	case 4:
		return mix(sys(SYS_readlink, name, bytes, 300));
	case 5:
		return mix(sys(SYS_access, name, pick(9)));
	default:
		return mix(sys(SYS_mknod, name, (pick(2) ? S_IFSOCK : S_IFREG) | pick(512), 0));
	}
}

static void use_file(unsigned call, int fd)
{
	struct stat status;

	switch (call) {
	case 0:
		return mix(sys(SYS_write, fd, bytes, pick(9000)));
	case 1:
		return mix(sys(SYS_read, fd, bytes, pick(9000)));
	case 2:
		return mix(sys(SYS_pwrite64, fd, bytes, pick(3000), (long)pick(15000)));
	case 3:
		return mix(sys(SYS_ftruncate, fd, (long)pick(20000) - 500));
	case 4:
		return mix(sys(SYS_lseek, fd, (long)pick(20000) - 2000, SEEK_SET));
	case 5:
		return mix_status(sys(SYS_fstat, fd, &status), &status);
	case 6:
		return mix_entries(fd);
	default:
		return mix(sys(SYS_unlinkat, fd, pick_name(), pick(2) ? AT_REMOVEDIR : 0));
	}
}

TEST
{
	scratch();
	for (int i = 0; i < CALLS; i++) {
		int *file = &files[pick(6)];

		if (i % GROUP == 0)
			hash = 0xcbf29ce484222325;
		switch (pick(4)) {
		case 0:
			reopen(file);
			break;
		case 1:
			change_names(pick(10));
			break;
		case 2:
			use_names(pick(7));
			break;
		default:
			use_file(pick(8), *file);
		}
		if (i % GROUP == GROUP - 1)
			observe_hex(text("calls_%d", i + 1 - GROUP), hash);
	}
	return 0;
}
