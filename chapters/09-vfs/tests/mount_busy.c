/* SPDX-License-Identifier: MIT */
/* mount_busy.c - each thing that keeps a file system from being unmounted, and that nothing else does. */
#include "scratch.h"

#include <sys/mount.h>

static char *argv[] = { "program", "wait", NULL };

static void unmount(const char *key)
{
	SAYS(key, SYS_umount2, "dir", 0);
}

/* A child that does `start` and then waits until it is let go. */
static void with_child(const char *key, void (*start)(void))
{
	int status, pid = fork();

	if (pid == 0) {
		start();
		meeting_say("ready");
		meeting_wait("end");
		_exit(0);
	}
	meeting_wait("ready");
	unmount(key);
	meeting_say("end");
	waitpid(pid, &status, 0);
	observe_number(text("%s_status", key), status);
}

static void child_stays(void)
{
	chdir("dir");
}

static void child_roots(void)
{
	chroot("dir");
}

static void child_runs(void)
{
	execv("dir/program", argv);
}

static void child_opens(void)
{
	open("dir/file", O_RDONLY);
}

/* The program that child_runs() runs. */
static int waiting(void)
{
	meeting_say("ready");
	meeting_wait("end");
	return 0;
}

static void descriptors(void)
{
	int fd = open("dir/file", O_PATH), dir;

	unmount("path_only");
	close(fd);
	dir = open("dir", O_RDONLY);
	unmount("directory");
	close(dir);
	fd = open("dir/file", O_RDWR);
	unlink("dir/file");
	unmount("unlinked_open");
	close(fd);
	file_make("dir/file", "contents");
}

static void maps(void)
{
	int fd = open("dir/file", O_RDWR);
	char *map = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, fd, 0);

	close(fd);
	unmount("private_map");
	map[0] == 'c' ? (void)0 : abort();
	munmap(map, PAGE);
	fd = open("dir/file", O_RDWR);
	map = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	unlink("dir/file");
	unmount("unlinked_map");
	munmap(map, PAGE);
	file_make("dir/file", "contents");
}

static void nested(void)
{
	mkdir("dir/inner", 0755);
	SAYS("mount_inner", SYS_mount, "none", "dir/inner", "tmpfs", 0, 0);
	unmount("mounted_on");
	SAYS("umount_inner", SYS_umount2, "dir/inner", 0);
}

TEST
{
	struct stat status;

	if (test_argc > 1)
		return waiting();
	scratch();
	meeting_here();
	mkdir("dir", 0755);
	SAYS("mount", SYS_mount, "none", "dir", "tmpfs", 0, 0);
	file_make("dir/file", "contents");
	copy_self("dir/program");
	descriptors();
	maps();
	nested();
	with_child("child_cwd", child_stays);
	with_child("child_root", child_roots);
	with_child("child_program", child_runs);
	with_child("child_descriptor", child_opens);
	SAYS("still_there", SYS_stat, "dir/file", &status);
	unmount("nobody_left");
	SAYS("gone", SYS_stat, "dir/file", &status);
	unmount("not_mounted");
	return 0;
}
