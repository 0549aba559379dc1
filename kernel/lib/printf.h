/* SPDX-License-Identifier: MIT */
/*
 * printf.h - formatting and the kernel log.
 *
 * Conversions: %d %i %u %x %X %o %c %s %p %% with flags `-`, `0`, `#`, `+`, space, width,
 * precision, `*`, and the lengths hh h l ll z t.  No floating point.
 *
 * One kprintf() is one line: the newline at the end of the format may be left out, and what is
 * longer than LOG_LINE_MAX is cut.  kprintf() stores the line in the log ring (the newest 64 KiB,
 * kept for dmesg and the debugger) with its level and time stamp, and writes it to the registered
 * consoles when the level is below the console log level.  It may be called from any context,
 * interrupts included.
 */
#pragma once

#include "lib/types.h"

/* The length that the whole text has, as in C99; writes at most `room` bytes, NUL included. */
int vsnprintf(char *buffer, size_t room, const char *format, va_list arguments);
int snprintf(char *buffer, size_t room, const char *format, ...) printf_like(3, 4);

enum log_level { LOG_EMERGENCY, LOG_ALERT, LOG_CRITICAL, LOG_ERROR, LOG_WARNING, LOG_NOTICE,
		 LOG_INFO, LOG_DEBUG };

#define LOG_LINE_MAX 512 /* bytes of one log line, with its level and time */

void kprintf(enum log_level level, const char *format, ...) printf_like(2, 3);

/* Where log lines go; registered by drivers.  `write` must not sleep, allocate or log. */
struct log_console {
	const char *name;
	void (*write)(const char *text, size_t bytes);
	struct log_console *next;
};
void log_console_add(struct log_console *console);
extern int log_console_level; /* lines with a lower level reach the consoles; default LOG_NOTICE */

/*
 * Copies up to `room` bytes of the ring from the absolute position *position (0 is the first byte
 * ever logged); moves *position behind what was copied, or up to the oldest byte kept if it has
 * been overwritten.  Returns the bytes copied.
 */
size_t log_read(uint64_t *position, char *to, size_t room);
uint64_t log_end(void); /* the position behind the newest byte */
#define LOG_SIZE 65536UL

/* ---- upward: arch/log_steps.c ---- */
uint64_t log_lock(void); /* keeps interrupts from logging meanwhile; for log_unlock() */
void log_unlock(uint64_t flags);
uint64_t log_clock(void); /* nanoseconds since boot */
