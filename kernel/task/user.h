/* SPDX-License-Identifier: MIT */
/*
 * user.h - how many processes each user has, so that RLIMIT_NPROC costs one comparison.
 *
 * A struct user stands for a real user id while any process belongs to it.  A process belongs to
 * one from process_link() until it is reaped (a zombie counts, as on Linux), and moves when it
 * changes its real user id.
 */
#pragma once

#include "lib/list.h"
#include "lib/types.h"

struct user {
	uint32_t uid;
	uint32_t processes; /* guarded by process_tree_lock, as all here */
	struct list link;
};

extern struct user root_user;

/* The user with this id; NULL: no memory.  One without processes is freed by user_leave(). */
struct user *user_find(uint32_t uid);
/* One process more, one less.  Under process_tree_lock. */
void user_join(struct user *user);
void user_leave(struct user *user);
