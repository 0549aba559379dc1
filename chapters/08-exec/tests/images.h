/* SPDX-License-Identifier: MIT */
/* images.h - runs a program made by elf_files.py. */
#pragma once

#include "test.h"

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

/* Its exit status, 1000 + the signal that killed it, or the error of exec, seen by who asked. */
static inline long image_run(const char *path)
{
	char *argv[] = { "image", NULL };
	volatile long error = 0; /* vfork: the child's answer is in our memory */
	int status = -1;
	pid_t child = vfork();

	if (child == 0) {
		execve(path, argv, argv + 1);
		error = -errno;
		_exit(0);
	}
	waitpid(child, &status, 0);
	if (error)
		return error;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}
