/* SPDX-License-Identifier: MIT */
/* nodes.c - device nodes made by hand: the number is what counts, not the name or the place. */
#include "../../09-vfs/tests/scratch.h"

#include <sys/mount.h>
#include <sys/sysmacros.h>

static void numbers(void)
{
	static const struct {
		const char *name;
		unsigned mode, major, minor;
	} nodes[] = {
		{ "nothing", S_IFCHR, 1, 3 }, { "zeros", S_IFCHR, 1, 5 },   { "filled", S_IFCHR, 1, 7 },
		{ "chance", S_IFCHR, 1, 8 },  { "chance2", S_IFCHR, 1, 9 }, { "minor", S_IFCHR, 1, 99 },
		{ "major", S_IFCHR, 239, 0 }, { "large", S_IFCHR, 4000, 70000 },
		{ "block", S_IFBLK, 239, 3 }, { "blocknull", S_IFBLK, 1, 3000 },
	};
	struct stat status;
	char bytes[4];

	for (unsigned i = 0; i < sizeof(nodes) / sizeof(*nodes); i++) {
		const char *name = nodes[i].name;
		int fd;

		SAYS(text("%s_made", name), SYS_mknod, name, nodes[i].mode | 0640,
		     makedev(nodes[i].major, nodes[i].minor));
		stat(name, &status);
		observe_hex(text("%s_mode", name), status.st_mode);
		observe_text(text("%s_number", name), text("%d:%d", (int)major(status.st_rdev),
							   (int)minor(status.st_rdev)));
		fd = sys(SYS_open, name, O_RDWR);
		observe(text("%s_opened", name), fd < 0 ? fd : 0);
		if (fd >= 0)
			SAYS(text("%s_reads", name), SYS_read, fd, bytes, 4);
		close(fd);
		observe(text("%s_path_only", name), opens(name, O_PATH, 0));
	}
}

static void names(void)
{
	int fd = open("nothing", O_RDWR);
	struct stat status;

	SAYS("link", SYS_link, "nothing", "second");
	SAYS("rename", SYS_rename, "nothing", "renamed");
	SAYS("unlink", SYS_unlink, "second");
	SAYS("unlink_last", SYS_unlink, "renamed");
	SAYS("write_unlinked", SYS_write, fd, "x", 1);
	fstat(fd, &status);
	observe_number("links", status.st_nlink);
	close(fd);
	SAYS("truncate_node", SYS_truncate, "zeros", 0);
	SAYS("exists", SYS_mknod, "zeros", S_IFCHR | 0600, makedev(1, 5));
	SAYS("no_directory", SYS_mknod, "made", S_IFDIR | 0600, 0);
	SAYS("unknown_kind", SYS_mknod, "made", 0110000 | 0600, 0);
	SAYS("execute", SYS_execve, "zeros", NULL, NULL);
	chmod("zeros", 0755);
	SAYS("execute_mode", SYS_execve, "zeros", NULL, NULL);
}

static void as_user(void)
{
	chmod("zeros", 0640);
	chmod("filled", 0666);
	become(1234, 1234);
	observe("user_private", opens("zeros", O_RDONLY, 0));
	observe("user_public", opens("filled", O_RDWR, 0));
	SAYS("user_makes", SYS_mknod, "open/null", S_IFCHR | 0666, makedev(1, 3));
	SAYS("user_makes_fifo", SYS_mknod, "open/fifo", S_IFIFO | 0666, 0);
	SAYS("user_makes_file", SYS_mknod, "open/file", S_IFREG | 0666, 0);
}

TEST
{
	scratch();
	mkdir("dir", 0755);
	SAYS("mount", SYS_mount, "none", "dir", "tmpfs", 0, "mode=0755");
	chdir("dir");
	numbers();
	names();
	mkdir("open", 0777);
	chmod("open", 0777);
	in_child(as_user);
	chdir("..");
	SAYS("no_devices", SYS_mount, "none", "dir", "tmpfs", MS_REMOUNT | MS_NODEV, 0);
	observe("opened_there", opens("dir/zeros", O_RDONLY, 0));
	observe("path_only_there", opens("dir/zeros", O_PATH, 0));
	SAYS("umount", SYS_umount2, "dir", 0);
	return 0;
}
