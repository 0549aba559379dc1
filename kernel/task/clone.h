/* SPDX-License-Identifier: MIT */
/*
 * clone.h - what a task is to be made like.
 */
#pragma once

#include "lib/types.h"

struct clone_request {
	uint64_t flags;			    /* CLONE_*, without the signal */
	int exit_signal;		    /* to the parent, when the child ends; 0: none */
	user_address stack;		    /* its top; 0: the parent's */
	user_address parent_tid, child_tid; /* only looked at if the flags say so */
	uint64_t tls;			    /* likewise */
};

/*
 * Makes a child of the current task and lets it run; with CLONE_VFORK sleeps until it has left the
 * memory.  The child's number; or -EINVAL (flags), -EAGAIN (limits, no number), -ENOMEM, -EPERM
 * (tls beyond USER_END), -ERESTARTNOINTR (a signal is to be delivered first).  In process context,
 * without locks.
 */
long task_clone(const struct clone_request *request);
