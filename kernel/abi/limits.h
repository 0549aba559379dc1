/* SPDX-License-Identifier: MIT */
/* limits.h - Linux's fixed limits. */
#pragma once

#define NAME_MAX    255 /* bytes in a file's name, without NUL */
#define PATH_MAX    4096 /* bytes in a path, with NUL */
#define PIPE_BUF    4096 /* bytes that a pipe writes as one */
#define NGROUPS_MAX 65536
#define TASK_COMM_LEN 16 /* bytes of a task's name, with NUL */
#define ARG_STRING_MAX	131072 /* bytes of one argument or environment string, with NUL */
#define SYMLINK_FOLLOWS_MAX 40 /* then ELOOP */
#define HOST_NAME_MAX	64
#define PID_MAX_DEFAULT 32768
