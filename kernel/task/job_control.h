/* SPDX-License-Identifier: MIT */
/*
 * job_control.h - process groups, sessions and their terminal (credentials(7), setpgid(2)).
 *
 * A group is orphaned when no member has a parent in another group of the same session.  Terminals
 * hold a session and a foreground group as counted pids.
 *
 * What setpgid(2) and tcsetpgrp(3) have to do with each other is told in drivers/tty_jobs.c. A
 * struct pid that these functions get must be counted by the caller, or found under
 * process_tree_lock.
 */
#pragma once

#include "task/process.h"

bool group_is_orphaned(struct pid *group); /* takes process_tree_lock */
/* Whether `group`, or without members the process with that number, belongs to `session`: all that
 * TIOCSPGRP demands, so that a number can be in the foreground that is no group (yet). */
bool group_in_session(struct pid *group, struct pid *session);
/* Sets / clears the controlling terminal for every process of the session. */
void session_set_terminal(struct pid *session, struct tty *terminal);
