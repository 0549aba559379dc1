/* SPDX-License-Identifier: MIT */
/*
 * space_back.c - a file system's space: taken while an unlinked file is open, mapped or run, given
 * back by the last of them; and the same for what truncation and replacement free.
 */
#include "scratch.h"

#include <sys/mount.h>
#include <sys/statfs.h>

static long free_pages, free_inodes;

/* How many pages and inodes are gone since space_note(). */
static void taken(const char *key)
{
	struct statfs now;

	statfs("dir", &now);
	observe_text(key, text("%d pages, %d inodes", (int)(free_pages - now.f_bfree),
			       (int)(free_inodes - now.f_ffree)));
}

static void space_note(void)
{
	struct statfs now;

	statfs("dir", &now);
	free_pages = now.f_bfree;
	free_inodes = now.f_ffree;
}

static int file_fill(const char *name, int pages)
{
	static char page[PAGE];
	int fd = open(name, O_CREAT | O_RDWR, 0700);

	while (pages--)
		write(fd, page, PAGE);
	return fd;
}

static void unlinked_open(void)
{
	int fd = file_fill("dir/file", 10), other = dup(fd), status, pid;

	taken("made");
	unlink("dir/file");
	taken("unlinked");
	close(fd);
	taken("one_closed");
	ftruncate(other, 3 * PAGE);
	taken("truncated");
	meeting_here();
	pid = fork();
	if (pid == 0) {
		meeting_wait("end");
		_exit(0);
	}
	close(other);
	taken("child_has_it");
	meeting_say("end");
	waitpid(pid, &status, 0);
	taken("child_gone");
}

static void unlinked_mapped(void)
{
	int fd = file_fill("dir/file", 4);
	char *map = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	unlink("dir/file");
	close(fd);
	taken("mapped");
	munmap(map, 2 * PAGE);
	taken("half_mapped");
	munmap(map + 2 * PAGE, 2 * PAGE);
	taken("unmapped");
}

static void linked_twice(void)
{
	struct stat up;

	close(file_fill("dir/a", 2));
	link("dir/a", "dir/b");
	unlink("dir/a");
	taken("second_name");
	close(file_fill("dir/c", 5));
	rename("dir/c", "dir/b");
	taken("replaced");
	close(open("dir/b", O_WRONLY | O_TRUNC));
	taken("opened_truncated");
	unlink("dir/b");
	taken("last_name");
	mkdir("dir/sub", 0700);
	SAYS("up", SYS_stat, "dir/sub/..", &up);
	taken("directory");
	SAYS("not_in_it", SYS_stat, "dir/sub/nothing", &up); /* what is known to be absent takes nothing */
	rmdir("dir/sub");
	taken("directory_gone");
}

static void holes(void)
{
	int fd = open("dir/hole", O_CREAT | O_RDWR, 0600);

	ftruncate(fd, 100 * PAGE);
	taken("hole");
	pwrite(fd, "x", 1, 50 * PAGE);
	taken("one_page");
	ftruncate(fd, 50 * PAGE + 1);
	taken("kept_page");
	ftruncate(fd, 50 * PAGE);
	taken("no_page");
	close(fd);
	unlink("dir/hole");
	taken("end");
}

TEST
{
	scratch();
	mkdir("dir", 0755);
	SAYS("mount", SYS_mount, "none", "dir", "tmpfs", 0, "size=256k,nr_inodes=20");
	space_note();
	unlinked_open();
	unlinked_mapped();
	linked_twice();
	holes();
	SAYS("umount", SYS_umount2, "dir", 0);
	return 0;
}
