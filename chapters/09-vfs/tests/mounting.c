/* SPDX-License-Identifier: MIT */
/* mounting.c - mount and umount2 of tmpfs: what hides what, what is busy, options, limits, flags. */
#include "scratch.h"

#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/statfs.h>

static void limits(void)
{
	struct statfs whole;
	static char page[4096];
	int fd, made = 0;
	char name[32];

	SAYS("limited", SYS_mount, "none", "dir", "tmpfs", 0, "size=32k,nr_inodes=5,mode=0750,uid=3");
	statfs("dir", &whole);
	observe_number("blocks", whole.f_blocks);
	observe_number("files", whole.f_files);
	fd = open("dir/file", O_CREAT | O_RDWR, 0600);
	while (write(fd, page, 4096) == 4096)
		made++;
	observe_number("pages", made);
	SAYS("full", SYS_write, fd, page, 4096);
	SAYS("overwrite", SYS_pwrite64, fd, page, 4096, 0);
	ftruncate(fd, 28672 + 100);
	SAYS("partly", SYS_pwrite64, fd, page, 4096, 28672);
	SAYS("crossing", SYS_pwrite64, fd, page, 4096, 30720);
	close(fd);
	unlink("dir/file");
	statfs("dir", &whole);
	observe_number("free_again", whole.f_bfree);
	for (made = 0; made < 20; made++) {
		snprintf(name, sizeof(name), "dir/f%d", made);
		if (mknod(name, S_IFREG | 0600, 0))
			break;
	}
	observe_number("inodes", made);
	SAYS("no_inode", SYS_mkdir, "dir/more", 0700);
	SAYS("umount_limited", SYS_umount2, "dir", 0);
}

static char *map;

static void page_write(void)
{
	*map = 1;
	_exit(0);
}

static void page_read(void)
{
	_exit(*(volatile char *)map);
}

/* Pages that first appear in a map take of the limit, too. */
static void mapped(void)
{
	struct statfs whole;
	struct stat status;
	char *start;
	int fd, source;

	file_make("source", "ten bytes.");
	source = open("source", O_RDONLY);
	SAYS("mapped_limit", SYS_mount, "none", "dir", "tmpfs", 0, "size=16k");
	fd = open("dir/holes", O_CREAT | O_RDWR, 0600);
	ftruncate(fd, 8 * 4096);
	start = mmap(NULL, 8 * 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	for (int i = 0; i < 6; i++) {
		map = start + i * 4096;
		observe_child(text("mapped_%d", i), i == 2 || i == 5 ? page_read : page_write);
	}
	map = start;
	observe_child("mapped_again", page_read);
	SAYS("mapped_read_into", SYS_read, source, start + 6 * 4096, 10);
	SAYS("mapped_pwrite", SYS_pwrite64, fd, "x", 1, 6 * 4096);
	SAYS("mapped_pread", SYS_pread64, fd, start, 10, 6 * 4096);
	SAYS("mapped_reserve", SYS_fallocate, fd, 0, 6 * 4096, 4096);
	statfs("dir", &whole);
	observe_number("mapped_free", whole.f_bfree);
	fstat(fd, &status);
	observe_number("mapped_blocks", status.st_blocks);
	SAYS("mapped_punch", SYS_fallocate, fd, 3 /* punch, keep size */, 0, 4096);
	map = start + 7 * 4096;
	observe_child("mapped_into_hole", page_write);
	map = start;
	observe_child("mapped_no_more", page_write);
	munmap(start, 8 * 4096);
	close(fd);
	close(source);
	SAYS("umount_mapped", SYS_umount2, "dir", 0);
}

static void flags(void)
{
	struct statfs whole;
	struct stat status;

	SAYS("read_only", SYS_mount, "none", "dir", "tmpfs", MS_RDONLY | MS_NODEV | MS_NOEXEC, 0);
	SAYS("ro_create", SYS_open, "dir/x", O_CREAT | O_WRONLY, 0600);
	SAYS("ro_mkdir", SYS_mkdir, "dir/x", 0700);
	SAYS("ro_chmod", SYS_chmod, "dir", 0700);
	SAYS("ro_access", SYS_access, "dir", W_OK);
	SAYS("remount", SYS_mount, "none", "dir", "tmpfs", MS_REMOUNT | MS_NODEV | MS_NOEXEC, 0);
	SAYS("rw_mknod", SYS_mknod, "dir/null", S_IFCHR | 0666, 0x103);
	SAYS("nodev_open", SYS_open, "dir/null", O_RDONLY);
	file_make("dir/program", "#!/bin/sh\n");
	chmod("dir/program", 0755);
	SAYS("noexec_access", SYS_access, "dir/program", X_OK);
	SAYS("noexec", SYS_execve, "dir/program", 0, 0);
	statfs("dir", &whole);
	observe_hex("shown_flags", whole.f_flags & 0xfff);
	SAYS("same_twice", SYS_mount, "none", "dir", "tmpfs", 0, 0);
	SAYS("hidden", SYS_stat, "dir/program", &status);
	SAYS("umount_top", SYS_umount2, "dir", 0);
	SAYS("shown_again", SYS_stat, "dir/program", &status);
	SAYS("umount_bottom", SYS_umount2, "dir", 0);
}

/* Links that may be made and read, but lead nowhere (mount(2), MS_NOSYMFOLLOW). */
static void no_links(void)
{
	struct statfs whole;
	char target[8] = "";

	SAYS("no_links", SYS_mount, "none", "dir", "tmpfs", 0x100, 0);
	SAYS("no_links_link", SYS_symlink, "file", "dir/link");
	file_make("dir/file", "");
	SAYS("no_links_open", SYS_open, "dir/link", O_RDONLY);
	SAYS("no_links_read", SYS_readlink, "dir/link", target, sizeof(target) - 1);
	observe_text("no_links_target", target);
	statfs("dir", &whole);
	observe_hex("no_links_flags", whole.f_flags & 0x2fff);
	umount2("dir", 0);
}

static void refusals(void)
{
	SAYS("unknown_type", SYS_mount, "none", "dir", "nosuchfs", 0, 0);
	SAYS("no_type", SYS_mount, "none", "dir", 0, 0, 0);
	SAYS("missing_target", SYS_mount, "none", "missing", "tmpfs", 0, 0);
	SAYS("file_target", SYS_mount, "none", "file", "tmpfs", 0, 0);
	SAYS("bad_option", SYS_mount, "none", "dir", "tmpfs", 0, "nosuchoption=1");
	SAYS("bad_size", SYS_mount, "none", "dir", "tmpfs", 0, "size=x");
	SAYS("remount_no_mount", SYS_mount, "none", "dir", "tmpfs", MS_REMOUNT, 0);
	SAYS("umount_no_mount", SYS_umount2, "dir", 0);
	SAYS("umount_missing", SYS_umount2, "missing", 0);
	SAYS("umount_flags", SYS_umount2, "dir", 0x100);
	SAYS("bad_pointer", SYS_mount, "none", "dir", 8, 0, 0);
}

/* What is mounted over the directory that `..` leads to is what `..` shows. */
static void covered(void)
{
	struct stat up, cover;

	mkdir("covered", 0755);
	mkdir("covered/inner", 0755);
	chdir("covered/inner");
	SAYS("cover", SYS_mount, "none", "../../covered", "tmpfs", 0, 0);
	stat("..", &up);
	stat("../../covered", &cover);
	observe("up_is_cover", up.st_dev == cover.st_dev && up.st_ino == cover.st_ino);
	SAYS("up_and_down", SYS_stat, "../inner", &up);
	chdir("../..");
	SAYS("uncover", SYS_umount2, "covered", 0);
	SAYS("uncovered", SYS_stat, "covered/inner", &up);
}

TEST
{
	struct stat outside, inside;
	int fd;

	scratch();
	mkdir("dir", 0755);
	mkdir("other", 0755);
	file_make("file", "");
	file_make("dir/below", "");
	refusals();
	stat("dir", &outside);
	SAYS("mount", SYS_mount, "none", "dir", "tmpfs", 0, "mode=0711");
	stat("dir", &inside);
	observe("other_device", inside.st_dev != outside.st_dev);
	observe_hex("mode", inside.st_mode);
	SAYS("below_hidden", SYS_stat, "dir/below", &inside);
	SAYS("up_and_out", SYS_stat, "dir/../file", &inside);
	fd = open("dir/file", O_CREAT | O_RDWR, 0600);
	SAYS("rename_across", SYS_rename, "dir/file", "other/file");
	SAYS("link_across", SYS_link, "dir/file", "other/file");
	SAYS("rmdir_mount", SYS_rmdir, "dir");
	SAYS("rename_mount", SYS_rename, "dir", "newdir");
	SAYS("busy_file", SYS_umount2, "dir", 0);
	close(fd);
	chdir("dir");
	SAYS("busy_cwd", SYS_umount2, "../dir", 0);
	chdir("..");
	SAYS("umount", SYS_umount2, "dir", 0);
	SAYS("below_shown", SYS_stat, "dir/below", &inside);
	mount("none", "dir", "tmpfs", 0, 0);
	fd = open("dir/kept", O_CREAT | O_RDWR, 0600);
	SAYS("lazy", SYS_umount2, "dir", MNT_DETACH);
	SAYS("lazy_gone", SYS_stat, "dir/kept", &inside);
	SAYS("lazy_write", SYS_write, fd, "still", 5);
	close(fd);
	covered();
	limits();
	mapped();
	flags();
	no_links();
	return 0;
}
