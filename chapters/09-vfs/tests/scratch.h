/* SPDX-License-Identifier: MIT */
/*
 * scratch.h - a fresh directory to work in, and small helpers of chapter 9's tests and later ones'.
 *
 * scratch() makes an empty directory on a tmpfs and goes there; the umask is 022, descriptors
 * 0 to 3 are open and those above closed, so that numbers are the same everywhere.
 */
#pragma once

#define _GNU_SOURCE
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef SEEK_DATA /* musl has them from 1.2.3 on */
#define SEEK_DATA 3
#define SEEK_HOLE 4
#endif

#define SAYS(key, ...) observe(key, sys(__VA_ARGS__))
/* For results that say nothing but success, as descriptors and byte counts of no interest. */
#define WORKS(key, ...)                                                                            \
	({                                                                                         \
		long result_ = sys(__VA_ARGS__);                                                   \
		observe(key, result_ > 0 ? 0 : result_);                                           \
		result_;                                                                           \
	})

static inline void scratch(void)
{
	char name[] = "/dev/shm/strix-XXXXXX", other[] = "/tmp/strix-vfs-XXXXXX";

	while (open("/", O_RDONLY) < 3)
		continue;
	syscall(SYS_close_range, 4u, ~0u, 0);
	umask(022);
	if (chdir(mkdtemp(name) ? name : mkdtemp(other) ? other : "/") != 0)
		abort();
	chmod(".", 0755);
}

static inline void file_make(const char *name, const char *contents)
{
	int fd = open(name, O_CREAT | O_WRONLY | O_TRUNC, 0644);

	if (fd < 0 || write(fd, contents, strlen(contents)) < 0)
		abort();
	close(fd);
}

/* open and close again: 0, or why not. */
static inline long opens(const char *name, int flags, int mode)
{
	long fd = sys(SYS_open, name, flags, mode);

	if (fd < 0)
		return fd;
	close(fd);
	return 0;
}

/* Runs `function` in a child; its exit status, or 128 + the signal that killed it. */
static inline int in_child(void (*function)(void))
{
	int status = 0, pid = fork();

	if (pid == 0) {
		function();
		_exit(0);
	}
	waitpid(pid, &status, 0);
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/*
 * Two processes that wait for each other without pipes, by names of files in the directory that
 * meeting_here() was called in.  They are found through a descriptor, whatever the root becomes,
 * and by a program that was executed meanwhile.
 */
#define MEETING 10

static inline void meeting_here(void)
{
	int fd = open(".", O_RDONLY);

	dup2(fd, MEETING);
	close(fd);
}

static inline void meeting_say(const char *word)
{
	close(openat(MEETING, word, O_CREAT | O_WRONLY, 0600));
}

static inline void meeting_wait(const char *word)
{
	while (unlinkat(MEETING, word, 0) != 0)
		sched_yield();
}

/* Becomes an ordinary user, for good. */
static inline void become(unsigned uid, unsigned gid)
{
	if (sys(SYS_setgroups, 0, 0) || sys(SYS_setresgid, gid, gid, gid) ||
	    sys(SYS_setresuid, uid, uid, uid))
		abort();
}
