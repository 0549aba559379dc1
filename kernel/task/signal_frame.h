/* SPDX-License-Identifier: MIT */
/* signal_frame.h - between delivery (signal_deliver.c), frames (signal_frame.c) and the alternate
 * stack. */
#pragma once

#include "task/signal_queue.h"

/* Makes the user's registers start the handler.  `frame` holds the siginfo already; it is filled in
 * and copied out.  `mask` is what sigreturn brings back.  -EFAULT: it does not fit anywhere. */
int signal_frame_push(struct registers *registers, const struct kernel_sigaction *action,
		      struct signal_frame *frame, uint64_t mask);

bool signal_on_alternate_stack(const struct task *task, user_address sp);
int signal_alternate_stack_set(struct task *task, const struct sigaltstack *fresh, user_address sp);
