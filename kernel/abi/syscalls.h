/* SPDX-License-Identifier: MIT */
/*
 * syscalls.h - the prototypes of all system calls, sys_NAME, and their numbers, NR_NAME, from
 * abi/syscalls.def.
 *
 * They live in the files of their subsystems and return a result or -errno.  A call's arguments
 * are the program's six registers as they are: an int is the lower half, whatever the upper says.
 * What a partial kernel does not link is absent from the dispatch table (syscall/dispatch.c).
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef uint64_t user_address; /* the same as in lib/types.h, which lies above abi/ */

#define SYSCALL(number, name, ...) long sys_##name(__VA_ARGS__);
#define PLANNED(number, name, ...) long sys_##name(__VA_ARGS__);
#include "abi/syscalls.def"

enum {
#define SYSCALL(number, name, ...) NR_##name = number,
#define PLANNED(number, name, ...) NR_##name = number,
#define UNIMPLEMENTED(number, name) NR_##name = number,
#include "abi/syscalls.def"
};

#define SYSCALL_COUNT 451 /* numbers are 0 ... SYSCALL_COUNT - 1 */
