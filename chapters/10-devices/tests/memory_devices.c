/* SPDX-License-Identifier: MIT */
/* memory_devices.c - null, zero, full, random and urandom: what each call makes of them. */
#include "../../09-vfs/tests/scratch.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <termios.h>

static const char *const names[] = { "null", "zero", "full", "random", "urandom" };
static const char *name;
static char torn[3 * PAGE] __attribute__((aligned(4096)));

#define KEY(what) text("%s_%s", name, what)

static const char *kind_of(const char *bytes, size_t count)
{
	size_t zeros = 0, same = 0;

	for (size_t i = 0; i < count; i++) {
		zeros += bytes[i] == 0;
		same += bytes[i] == 'u';
	}
	return zeros == count ? "zeros" : same == count ? "untouched" : "bytes";
}

static void node(void)
{
	struct stat status;

	stat(text("/dev/%s", name), &status);
	observe_hex(KEY("mode"), status.st_mode);
	observe_text(KEY("number"), text("%d:%d", (int)major(status.st_rdev), (int)minor(status.st_rdev)));
	observe_number(KEY("size"), status.st_size);
	observe_number(KEY("links"), status.st_nlink);
}

static void reads(int fd)
{
	static char bytes[2 * PAGE];
	struct iovec parts[2] = { { bytes, 10 }, { bytes + 4000, 300 } };

	memset(bytes, 'u', sizeof(bytes));
	SAYS(KEY("read"), SYS_read, fd, bytes, 5000);
	observe_text(KEY("read_bytes"), kind_of(bytes, 5000));
	SAYS(KEY("read_none"), SYS_read, fd, bytes, 0);
	SAYS(KEY("read_nowhere"), SYS_read, fd, 8, 100);
	SAYS(KEY("read_none_nowhere"), SYS_read, fd, 8, 0);
	SAYS(KEY("read_torn"), SYS_read, fd, torn + PAGE - 128, 1000);
	observe_text(KEY("read_torn_bytes"), kind_of(torn + PAGE - 128, 128));
	SAYS(KEY("readv"), SYS_readv, fd, parts, 2);
	SAYS(KEY("pread"), SYS_pread64, fd, bytes, 100, 1L << 40);
	SAYS(KEY("pread_negative"), SYS_pread64, fd, bytes, 100, -5L);
}

static void writes(int fd)
{
	static char bytes[PAGE];
	struct iovec parts[2] = { { bytes, 10 }, { bytes + 1000, 300 } };

	SAYS(KEY("write"), SYS_write, fd, bytes, PAGE);
	SAYS(KEY("write_none"), SYS_write, fd, bytes, 0);
	SAYS(KEY("write_nowhere"), SYS_write, fd, 8, 100);
	SAYS(KEY("write_torn"), SYS_write, fd, torn + PAGE - 128, 1000);
	SAYS(KEY("writev"), SYS_writev, fd, parts, 2);
	SAYS(KEY("pwrite"), SYS_pwrite64, fd, bytes, 100, 1L << 40);
}

static void seeks(int fd)
{
	SAYS(KEY("set"), SYS_lseek, fd, 100, SEEK_SET);
	SAYS(KEY("current"), SYS_lseek, fd, 0, SEEK_CUR);
	SAYS(KEY("end"), SYS_lseek, fd, 5, SEEK_END);
	SAYS(KEY("negative"), SYS_lseek, fd, -1, SEEK_SET);
	SAYS(KEY("bad_whence"), SYS_lseek, fd, 0, 9);
}

static void others(int fd)
{
	struct pollfd wait = { .fd = fd, .events = POLLIN | POLLOUT };
	struct termios mode;
	struct stat status;
	int bits = 0;

	observe(KEY("poll"), poll(&wait, 1, 0));
	observe_hex(KEY("ready"), wait.revents);
	SAYS(KEY("terminal"), SYS_ioctl, fd, TCGETS, &mode);
	SAYS(KEY("pool"), SYS_ioctl, fd, 0x80045200, &bits); /* RNDGETENTCNT */
	observe_number(KEY("bits"), bits);
	SAYS(KEY("truncate"), SYS_ftruncate, fd, 0);
	SAYS(KEY("allocate"), SYS_fallocate, fd, 0, 0, PAGE);
	SAYS(KEY("sync"), SYS_fsync, fd);
	SAYS(KEY("entries"), SYS_getdents64, fd, torn, 100);
	SAYS(KEY("advise"), SYS_fadvise64, fd, 0, 0, POSIX_FADV_NORMAL);
	SAYS(KEY("set_flags"), SYS_fcntl, fd, F_SETFL, O_NONBLOCK | O_APPEND);
	observe_hex(KEY("flags"), fcntl(fd, F_GETFL) & ~O_LARGEFILE);
	SAYS(KEY("flock"), SYS_flock, fd, LOCK_EX);
	fstat(fd, &status);
	observe_hex(KEY("fstat_mode"), status.st_mode);
	observe(KEY("open_truncate"), opens(text("/dev/%s", name), O_WRONLY | O_TRUNC, 0));
	observe(KEY("open_create"), opens(text("/dev/%s", name), O_WRONLY | O_CREAT, 0600));
	observe(KEY("open_exclusive"), opens(text("/dev/%s", name), O_WRONLY | O_CREAT | O_EXCL, 0600));
	observe(KEY("open_directory"), opens(text("/dev/%s", name), O_RDONLY | O_DIRECTORY, 0));
	observe(KEY("open_below"), opens(text("/dev/%s/x", name), O_RDONLY, 0));
}

static void maps(int fd)
{
	static const int kinds[] = { MAP_PRIVATE, MAP_SHARED };
	static const char *const words[] = { "private", "shared" };

	for (int i = 0; i < 2; i++) {
		char *map = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, kinds[i], fd, 0);

		observe(KEY(text("map_%s", words[i])), map == MAP_FAILED ? -errno : 0);
		if (map == MAP_FAILED)
			continue;
		observe_text(KEY(text("map_%s_bytes", words[i])), kind_of(map, 2 * PAGE));
		if (fork() == 0) {
			map[5] = 'c';
			_exit(0);
		}
		wait(NULL);
		observe_number(KEY(text("map_%s_child_wrote", words[i])), map[5]);
		munmap(map, 2 * PAGE);
	}
}

static void directions(void)
{
	char byte;
	int fd = open(text("/dev/%s", name), O_WRONLY);

	SAYS(KEY("read_write_only"), SYS_read, fd, &byte, 1);
	close(fd);
	fd = open(text("/dev/%s", name), O_RDONLY);
	SAYS(KEY("write_read_only"), SYS_write, fd, &byte, 1);
	close(fd);
}

/* Two reads of what should be chance. */
static void chance(const char *path)
{
	char first[32], second[32];
	int fd = open(path, O_RDONLY);

	read(fd, first, sizeof(first));
	read(fd, second, sizeof(second));
	observe(text("%s_differs", path), memcmp(first, second, sizeof(first)) != 0);
	close(fd);
}

static void copies(void)
{
	int file = open("file", O_CREAT | O_RDWR, 0600);

	ftruncate(file, 5000);
	SAYS("send_to_null", SYS_sendfile, open("/dev/null", O_WRONLY), file, NULL, 10000);
	SAYS("sent", SYS_lseek, file, 0, SEEK_CUR);
}

TEST
{
	int fd;

	scratch();
	munmap(torn + PAGE, PAGE);
	for (unsigned i = 0; i < sizeof(names) / sizeof(*names); i++) {
		name = names[i];
		node();
		fd = open(text("/dev/%s", name), O_RDWR);
		reads(fd);
		writes(fd);
		seeks(fd);
		maps(fd);
		others(fd);
		directions();
		close(fd);
	}
	chance("/dev/random");
	chance("/dev/urandom");
	copies();
	return 0;
}
