/* SPDX-License-Identifier: MIT */
/* copying.c - sendfile, copy_file_range, and the ioctls that would share instead of copying. */
#include "scratch.h"

#include <limits.h>
#include <sys/mount.h>
#include <sys/sendfile.h>

/* linux/fs.h, which is no header of the C library's */
#define FICLONE		0x40049409
#define FICLONERANGE	0x4020940d
#define FS_IOC_FIEMAP	0xc020660b
struct file_clone_range {
	int64_t src_fd;
	uint64_t offset, length, to_offset;
};

static void send(int in, int out)
{
	long offset = 3;

	SAYS("send_all", SYS_sendfile, out, in, 0, 100);
	SAYS("send_end", SYS_sendfile, out, in, 0, 100);
	SAYS("send_offset", SYS_sendfile, out, in, &offset, 4);
	observe_number("offset", offset);
	SAYS("position_kept", SYS_lseek, in, 0, SEEK_CUR);
	offset = -1;
	SAYS("send_negative", SYS_sendfile, out, in, &offset, 4);
	SAYS("send_bad_offset", SYS_sendfile, out, in, 8, 4);
	SAYS("send_nothing", SYS_sendfile, out, in, 0, 0);
	SAYS("send_closed", SYS_sendfile, out, 99, 0, 4);
	SAYS("send_to_closed", SYS_sendfile, 99, in, 0, 4);
	SAYS("send_wrong_in", SYS_sendfile, in, out, 0, 4);
	SAYS("send_directory", SYS_sendfile, out, open(".", O_RDONLY), 0, 4);
}

static void range(int in, int out)
{
	long from = 2, to = 30;
	int append = open("to", O_WRONLY | O_APPEND), both = open("to", O_RDWR);

	SAYS("range", SYS_copy_file_range, in, &from, out, &to, 5, 0);
	observe_number("range_from", from);
	observe_number("range_to", to);
	SAYS("range_flags", SYS_copy_file_range, in, &from, out, &to, 5, 1);
	SAYS("range_directory", SYS_copy_file_range, open(".", O_RDONLY), &from, out, &to, 5, 0);
	SAYS("range_closed", SYS_copy_file_range, 99, &from, out, &to, 5, 0);
	SAYS("range_append", SYS_copy_file_range, in, &from, append, 0, 5, 0);
	from = 0;
	to = 3;
	SAYS("range_overlap", SYS_copy_file_range, both, &from, both, &to, 5, 0);
	to = 20;
	SAYS("range_same_file", SYS_copy_file_range, both, &from, both, &to, 5, 0);
	from = 1000;
	SAYS("range_past_end", SYS_copy_file_range, in, &from, out, &to, 5, 0);
	from = 1;
	SAYS("range_wraps", SYS_copy_file_range, in, &from, out, &to, ~0UL, 0);
	from = 0;
	to = LONG_MAX;
	SAYS("range_wraps_there", SYS_copy_file_range, both, &from, both, &to, ~0UL, 0);
}

/* Which of several reasons comes first: kinds before rights, both before offsets. */
static void range_order(int in, int out)
{
	int directory = open(".", O_RDONLY);
	long negative = -5, zero = 0;

	SAYS("into_directory", SYS_copy_file_range, in, 0, directory, 0, 5, 0);
	SAYS("from_directory", SYS_copy_file_range, directory, 0, in, 0, 5, 0);
	SAYS("into_read_only", SYS_copy_file_range, in, 0, in, 0, 5, 0);
	SAYS("from_write_only", SYS_copy_file_range, out, 0, out, 0, 5, 0);
	SAYS("bad_offset", SYS_copy_file_range, directory, 8, in, 0, 5, 1);
	SAYS("bad_offset_there", SYS_copy_file_range, in, 0, directory, 8, 5, 1);
	SAYS("flags_before_kinds", SYS_copy_file_range, in, 0, directory, 0, 5, 1);
	SAYS("negative", SYS_copy_file_range, in, &negative, out, &zero, 3, 0);
	SAYS("negative_kind", SYS_copy_file_range, directory, &negative, out, &zero, 3, 0);
	SAYS("negative_there", SYS_copy_file_range, in, &zero, out, &negative, 3, 0);
	SAYS("nothing", SYS_copy_file_range, in, 0, out, 0, 0, 0);
	close(directory);
}

/* A range is cut at the source's end first: what lies behind it cannot overlap. */
static void range_cut(void)
{
	int both;
	long from = 0, to = 10;
	char bytes[32] = "";

	file_make("twice", "0123456789");
	both = open("twice", O_RDWR);
	SAYS("cut", SYS_copy_file_range, both, &from, both, &to, 1000, 0);
	observe_number("cut_from", from);
	observe_number("cut_length", pread(both, bytes, sizeof(bytes), 0));
	observe_text("cut_bytes", bytes);
	from = 5;
	to = 5;
	SAYS("onto_itself", SYS_copy_file_range, both, &from, both, &to, 1, 0);
	from = to = 100;
	SAYS("onto_itself_past_end", SYS_copy_file_range, both, &from, both, &to, 1, 0);
	close(both);
}

static void share(const char *key, int from, int to)
{
	struct file_clone_range range = { .src_fd = from };

	SAYS(text("%s_clone", key), SYS_ioctl, to, FICLONE, from);
	SAYS(text("%s_clone_range", key), SYS_ioctl, to, FICLONERANGE, &range);
}

/* No file system in memory shares frames between files: it says so, not that it knows no such
 * request. */
static void sharing(int in, int out, int elsewhere)
{
	int directory = open(".", O_RDONLY), append = open("to", O_WRONLY | O_APPEND);

	share("file", in, out);
	share("closed", 99, out);
	share("directory", in, directory);
	share("from_directory", directory, out);
	share("append", in, append);
	share("read_only", in, in);
	share("write_only", out, out);
	share("elsewhere", in, elsewhere);
	share("read_only_elsewhere", elsewhere, in);
	SAYS("bad_range", SYS_ioctl, out, FICLONERANGE, 8);
	SAYS("extents", SYS_ioctl, in, FS_IOC_FIEMAP, 8);
	close(directory), close(append);
}

static void other_file_system(int in, int out)
{
	int there;

	mkdir("m", 0755);
	if (mount("none", "m", "tmpfs", 0, NULL))
		abort();
	there = open("m/there", O_CREAT | O_RDWR, 0644);
	SAYS("elsewhere", SYS_copy_file_range, in, 0, there, 0, 5, 0);
	SAYS("elsewhere_read_only", SYS_copy_file_range, there, 0, in, 0, 5, 0);
	SAYS("elsewhere_nothing", SYS_copy_file_range, in, 0, there, 0, 0, 0);
	lseek(in, 0, SEEK_SET);
	SAYS("elsewhere_sent", SYS_sendfile, there, in, 0, 5);
	sharing(in, out, there);
	close(there);
	umount("m");
}

TEST
{
	char bytes[64] = "";
	int in, out;

	scratch();
	file_make("from", "0123456789");
	in = open("from", O_RDONLY);
	out = open("to", O_CREAT | O_WRONLY, 0600);
	send(in, out);
	range(in, out);
	observe_number("length", read(open("to", O_RDONLY), bytes, sizeof(bytes)));
	observe_bytes("bytes", bytes, 40);
	range_order(in, out);
	range_cut();
	other_file_system(in, out);
	return 0;
}
