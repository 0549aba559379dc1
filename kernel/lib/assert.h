/* SPDX-License-Identifier: MIT */
/*
 * assert.h - what must be true.  A failed assertion is a bug of the kernel, never of a program:
 * it ends in a panic that names the condition.
 */
#pragma once

#include "lib/types.h"

/* Prints the message, registers and a backtrace, and ends the machine (arch/panic.c). */
void panic(const char *format, ...) noreturn printf_like(1, 2);
void assert_failed(const char *condition, const char *file, int line) noreturn;

#define assert(condition)                                                                          \
	do {                                                                                       \
		if (unlikely(!(condition)))                                                        \
			assert_failed(#condition, __FILE__, __LINE__);                             \
	} while (0)
