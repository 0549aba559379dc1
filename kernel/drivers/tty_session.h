/* SPDX-License-Identifier: MIT */
/*
 * tty_session.h - the link between a terminal and the session that it controls, for the tty_*.c
 * files.  Nothing here is called with a spinlock held.
 */
#pragma once

#include "drivers/tty.h"

/* The session and its foreground group, with a count for the caller; NULL: controls none. */
struct pid *tty_session_get(struct tty *tty);
struct pid *tty_foreground_get(struct tty *tty);
/* Replaces both, or takes both away; takes over the caller's counts. */
void tty_owners_set(struct tty *tty, struct pid *session, struct pid *foreground);
/* The current process's controlling terminal; NULL: none.  It may lose it at any time. */
struct tty *tty_own(void);
/* TIOCSCTTY: 0 or -EPERM.  `steal`: the superuser may take it from another session. */
long tty_session_take(struct tty *tty, struct file *file, bool steal);
/* TIOCNOTTY: 0 or -ENOTTY.  By the leader it frees the whole session, by another only itself. */
long tty_session_give_up(struct tty *tty);
