/* SPDX-License-Identifier: MIT */
/*
 * syscall_types.h - every type that syscalls.def names, so that sizeof works on each.
 */
#pragma once

#include <stdint.h>

#include "abi/poll.h"
#include "abi/prctl.h"
#include "abi/resource.h"
#include "abi/sched.h"
#include "abi/signal.h"
#include "abi/socket.h"
#include "abi/stat.h"
#include "abi/sysinfo.h"
#include "abi/termios.h"
#include "abi/time.h"
#include "abi/uio.h"
#include "abi/utsname.h"

typedef int32_t int32;
typedef uint32_t uint32;
typedef int64_t int64;
typedef uint64_t uint64;
typedef uint64_t sigset;
typedef int32_t int32_pair[2];
typedef struct timespec timespec_pair[2];
typedef struct timeval timeval_pair[2];
typedef struct fd_set_bits fdset;
