/* SPDX-License-Identifier: MIT */
/* return.h - what return.c calls on the way out to user mode, beside the scheduler. */
#pragma once

#include "task/task.h"

/*
 * Upward step: task/signal_deliver.c.  Acts on the signals that are due: runs default actions,
 * stops, builds handler frames, and decides whether the call in `registers` is restarted.  Brings
 * saved_mask back when WORK_RESTORE_MASK is set.  Clears WORK_SIGNAL unless more is due.
 */
void signals_deliver(struct registers *registers);
