/* SPDX-License-Identifier: MIT */
/* terminals.c - /dev/tty and /dev/console by the calls that are not about terminals. */
#include "../../09-vfs/tests/scratch.h"

#include <sys/ioctl.h>
#include <sys/sysmacros.h>
#include <termios.h>

static void node(const char *name)
{
	struct stat status;

	if (stat(text("/dev/%s", name), &status) != 0) {
		observe(name, -errno);
		return;
	}
	observe_hex(text("%s_kind", name), status.st_mode & S_IFMT);
	observe_text(text("%s_number", name), text("%d:%d", (int)major(status.st_rdev),
						   (int)minor(status.st_rdev)));
}

/* A new session has no controlling terminal, so there is no /dev/tty to open. */
static void no_terminal(void)
{
	setsid();
	observe("tty_without", opens("/dev/tty", O_RDWR, 0));
	observe("tty_without_path_only", opens("/dev/tty", O_PATH, 0));
	observe("tty_without_noctty", opens("/dev/tty", O_RDONLY | O_NOCTTY, 0));
}

static void console(void)
{
	int fd = open("/dev/console", O_RDWR | O_NOCTTY | O_NONBLOCK);
	struct termios mode;
	char bytes[100];

	observe("console_opened", fd < 0 ? -errno : 0);
	observe("console_is_terminal", isatty(fd));
	SAYS("console_seek", SYS_lseek, fd, 0, SEEK_SET);
	SAYS("console_pread", SYS_pread64, fd, bytes, 1, 0);
	SAYS("console_pwrite", SYS_pwrite64, fd, bytes, 1, 0);
	SAYS("console_write_none", SYS_write, fd, bytes, 0);
	SAYS("console_write_nowhere", SYS_write, fd, 8, 5);
	SAYS("console_read_nothing", SYS_read, fd, bytes, 1);
	SAYS("console_truncate", SYS_ftruncate, fd, 0);
	SAYS("console_map", SYS_mmap, 0, PAGE, PROT_READ, MAP_SHARED, fd, 0);
	SAYS("console_modes", SYS_ioctl, fd, TCGETS, &mode);
	SAYS("console_bad_ioctl", SYS_ioctl, fd, 0x1234, &mode);
	close(fd);
	fd = open("/dev/console", O_WRONLY | O_NOCTTY);
	SAYS("console_read_write_only", SYS_read, fd, bytes, 1);
	close(fd);
	observe("no_terminal_now", opens("/dev/tty", O_RDWR, 0));
}

static void both(void)
{
	no_terminal();
	console();
}

TEST
{
	scratch();
	node("tty");
	node("console");
	node("tty0");
	node("tty1");
	node("ttyS0");
	in_child(both);
	return 0;
}
