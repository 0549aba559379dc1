/* SPDX-License-Identifier: MIT */
/* signal_child.h - a child stopped or went on: its parent is told (under process_tree_lock). */
#pragma once

#include "task/credentials.h"
#include "task/signal_queue.h"

void signal_parent_stop(struct process *child, int code, int status);
