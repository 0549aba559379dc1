/* SPDX-License-Identifier: MIT */
/*
 * shared_descriptors.c - one descriptor table in two processes (CLONE_FILES): what execve(2) does to
 * it, and a record lock that comes when its descriptor has been closed.
 */
#define _GNU_SOURCE
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int fork_sharing(void)
{
	return (int)sys(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0);
}

static int status_of(int pid)
{
	int status = -1;

	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Its own table: what it closes and what was closed for it is open for who shared it. */
static void unshared_by_exec(void)
{
	int kept = open("/tmp", O_RDONLY), marked = open("/tmp", O_RDONLY | O_CLOEXEC);
	int pid = fork_sharing();

	if (pid == 0) {
		execl(self(), "closer", text("%d", kept), text("%d", marked), NULL);
		_exit(99);
	}
	observe("closer", status_of(pid));
	observe_errno("marked_is_open", fcntl(marked, F_GETFD));
	observe_errno("kept_is_open", fcntl(kept, F_GETFD));
	close(kept);
	close(marked);
}

/* The other program: its marked descriptor is closed; then it closes the other one itself. */
static int closer(void)
{
	int marked_gone = fcntl(atoi(test_argv[2]), F_GETFD) == -1;

	return marked_gone | (close(atoi(test_argv[1])) == 0) << 1;
}

static int sleeps(int pid)
{
	FILE *file = fopen(text("/proc/%d/stat", pid), "r");
	char state = '?';

	fscanf(file, "%*d (%*[^)]) %c", &state);
	fclose(file);
	return state == 'S';
}

static const char *lock_owner(const char *path)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int fd = open(path, O_RDWR);

	fcntl(fd, F_GETLK, &lock);
	return lock.l_type == F_UNLCK ? "nobody" : "somebody";
}

/* A process waits for a lock while another, with the same table, closes the descriptor. */
static void closed_while_waiting(void)
{
	static const char path[] = "/tmp/locked";
	struct flock all = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int fd = open(path, O_RDWR | O_CREAT, 0600), locked[2], go[2], holder, waiter, checker;
	char byte;

	pipe(locked);
	pipe(go);
	holder = fork();
	if (holder == 0) {
		fcntl(fd, F_SETLK, &all);
		write(locked[1], "", 1);
		read(go[0], &byte, 1);
		_exit(0);
	}
	read(locked[0], &byte, 1);
	waiter = fork_sharing();
	if (waiter == 0)
		_exit(fcntl(fd, F_SETLKW, &all) == -1 ? errno : 0);
	while (!sleeps(waiter))
		sched_yield();
	close(fd);
	write(go[1], "", 1);
	observe("holder", status_of(holder));
	observe("waiter", -status_of(waiter));
	checker = fork();
	if (checker == 0) {
		observe_text("held_by", lock_owner(path));
		_exit(0);
	}
	status_of(checker);
	observe_errno("unlinked", unlink(path));
}

TEST
{
	if (!strcmp(test_argv[0], "closer"))
		return closer();
	unshared_by_exec();
	closed_while_waiting();
	return 0;
}
