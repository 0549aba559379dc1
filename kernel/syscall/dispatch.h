/* SPDX-License-Identifier: MIT */
/*
 * dispatch.h - what the log and the panic report know of the dispatcher.
 */
#pragma once

#include "lib/types.h"

/* In task->trace, the result of a call that is still under way. */
#define TRACE_UNFINISHED ((uint64_t)-5000)

/* Whether something serves the number. */
bool syscall_is_linked(unsigned number);
