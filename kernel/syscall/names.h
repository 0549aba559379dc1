/* SPDX-License-Identifier: MIT */
/*
 * names.h - names for numbers, as manual pages have them: errors, signals, and the sets of flags
 * and choices that abi/syscalls.def refers to.
 */
#pragma once

#include "lib/types.h"

/* One entry of a set.  Applies where (value & mask) == number; a flag is its own mask, a choice has
 * all bits. */
struct name_of_number {
	uint64_t mask, number;
	const char *name;
};
struct argument_names {
	const struct name_of_number *list;
	size_t count;
};

extern const struct argument_names names_access;
extern const struct argument_names names_arch_prctl;
extern const struct argument_names names_at;
extern const struct argument_names names_clock;
extern const struct argument_names names_clone;
extern const struct argument_names names_close_range;
extern const struct argument_names names_epoll;
extern const struct argument_names names_fadvise;
extern const struct argument_names names_fallocate;
extern const struct argument_names names_fcntl;
extern const struct argument_names names_flock;
extern const struct argument_names names_futex;
extern const struct argument_names names_getrandom;
extern const struct argument_names names_ioctl;
extern const struct argument_names names_itimer;
extern const struct argument_names names_madvise;
extern const struct argument_names names_map;
extern const struct argument_names names_memfd;
extern const struct argument_names names_mlockall;
extern const struct argument_names names_mount;
extern const struct argument_names names_mremap;
extern const struct argument_names names_msync;
extern const struct argument_names names_open;
extern const struct argument_names names_prctl;
extern const struct argument_names names_priority;
extern const struct argument_names names_protection;
extern const struct argument_names names_rename;
extern const struct argument_names names_rlimit;
extern const struct argument_names names_rusage;
extern const struct argument_names names_seek;
extern const struct argument_names names_sigmask;
extern const struct argument_names names_splice;
extern const struct argument_names names_timer;
extern const struct argument_names names_umount;
extern const struct argument_names names_unlinkat;
extern const struct argument_names names_wait;
extern const struct argument_names names_waitid;

/* "O_RDWR|O_CLOEXEC|0x40000000": what has no name in hexadecimal.  Returns the length. */
int names_format(char *to, size_t room, const struct argument_names *names, uint64_t value);
/* "ENOENT"; NULL: no such error. */
const char *errno_name(int error);
/* "SIGTERM", "SIGRT_1"; NULL: no signal. */
const char *signal_name(int signal);
