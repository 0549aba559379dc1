/* SPDX-License-Identifier: MIT */
/*
 * dispatch.h - what the log and the panic report know of the dispatcher.
 */
#pragma once

#include "lib/types.h"

/* In task->trace, the result of a call that is still under way.  No call returns it: errors end at
 * -4095, and it is no address of a program. */
#define TRACE_UNFINISHED ((uint64_t)-5000)

/* Whether a function is linked that serves the number; else the call is ENOSYS. */
bool syscall_is_linked(unsigned number);
