/* SPDX-License-Identifier: MIT */
/*
 * string.h - memory and strings, with C's names and contracts (ISO C11 7.24) because the compiler
 * itself calls the first four.  Copies and fills go by quads (`rep movsq`, `rep stosq`) with a byte
 * tail; page_copy() and page_clear() are for whole, aligned pages.
 */
#pragma once

#include "lib/types.h"

void *memcpy(void *to, const void *from, size_t bytes);
void *memmove(void *to, const void *from, size_t bytes);
void *memset(void *to, int byte, size_t bytes);
int memcmp(const void *a, const void *b, size_t bytes);
void *memchr(const void *in, int byte, size_t bytes);

size_t strlen(const char *s);
size_t strnlen(const char *s, size_t most);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t most);
char *strchr(const char *s, int c);
char *strrchr(const char *s, int c);

/*
 * Copies at most `room` - 1 bytes and always ends `to` with a NUL (room > 0).
 * Returns the length of `from`: truncated when it is >= room.
 */
size_t string_copy(char *to, const char *from, size_t room);

void page_copy(void *to, const void *from);
void page_clear(void *page);

/* Parses a number in base 0 (by prefix), 8, 10 or 16; `end` (or NULL) gets the first unused
 * byte. */
uint64_t string_to_u64(const char *s, const char **end, int base);
