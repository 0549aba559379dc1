/* SPDX-License-Identifier: MIT */
/*
 * text.h - text that is made piece by piece and grows as needed: what /proc files show.
 *
 * An error (no memory) is remembered and makes every later call do nothing, so that a maker
 * checks once, at the end.  Nothing here locks.
 */
#pragma once

#include "lib/types.h"

struct text {
	char *bytes; /* kmalloc'ed, or NULL */
	size_t length, room;
	int error; /* 0 or -ENOMEM */
};

void text_printf(struct text *text, const char *format, ...) printf_like(2, 3);
void text_append(struct text *text, const char *bytes, size_t length);
/* As /proc does with names: bytes in `escaped` and backslashes become \ooo. */
void text_append_escaped(struct text *text, const char *string, const char *escaped);
void text_pad_to(struct text *text, size_t line_start, size_t column);
void text_free(struct text *text);

/* Upward step: the heap grows it (memory/heap.h's krealloc). */
void *krealloc(void *object, size_t bytes);
void kfree(void *object);
