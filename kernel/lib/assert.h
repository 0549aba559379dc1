/* SPDX-License-Identifier: MIT */
/*
 * assert.h - what must be true.  A failed assertion is a bug of the kernel, never of a program:
 * it ends in a panic that names the condition.
 */
#pragma once

#include "config.h"
#include "lib/types.h"

/* Prints the message, registers and a backtrace, and ends the machine (arch/panic.c). */
void panic(const char *format, ...) noreturn printf_like(1, 2);
void assert_failed(const char *condition, const char *file, int line) noreturn;

/* Two kinds.  assert() is in every build: it is for what is cheap to look at, or what would destroy
 * data if it were not so. debug_assert() is compiled everywhere but only evaluated with
 * --enable-debug: for hot paths (system call entry, a fault, a switch, a user copy) and for what
 * takes a walk to find out.  Neither may have side effects. */
#define assert(condition)                                                                          \
	do {                                                                                       \
		if (unlikely(!(condition)))                                                        \
			assert_failed(#condition, __FILE__, __LINE__);                             \
	} while (0)

#define debug_assert(condition)                                                                    \
	do {                                                                                       \
		if (DEBUG)                                                                         \
			assert(condition);                                                         \
	} while (0)
