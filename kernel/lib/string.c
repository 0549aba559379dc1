/* SPDX-License-Identifier: MIT */
/*
 * string.c - the parts of <string.h> that read: comparing, searching, measuring, parsing.
 * What moves bytes is in copy.S.
 *
 * These are loops a byte at a time, for texts are short; memcmp(), which compares whole pages and
 * names of files, goes by quads while both have eight bytes left.
 */
#include "lib/string.h"
#include "lib/assert.h"

/* An unaligned load that may alias anything. */
struct quad {
	uint64_t value;
} packed __attribute__((may_alias));

int memcmp(const void *a, const void *b, size_t bytes)
{
	const uint8_t *left = a, *right = b;

	while (bytes >= 8 &&
	       ((const struct quad *)left)->value == ((const struct quad *)right)->value) {
		left += 8;
		right += 8;
		bytes -= 8;
	}
	for (; bytes; left++, right++, bytes--)
		if (*left != *right)
			return *left - *right;
	return 0;
}

/* The result may be written through: C's interface, though `in` may not. */
void *memchr(const void *in, int byte, size_t bytes)
{
	const uint8_t *at = in;

	for (; bytes; at++, bytes--)
		if (*at == (uint8_t)byte)
			return (void *)at;
	return NULL;
}

/* The volatile keeps the compiler from seeing strlen in here, and calling it. */
size_t strlen(const char *s)
{
	const char *end = s;

	while (*(const volatile char *)end)
		end++;
	return (size_t)(end - s);
}

/* Reads no byte behind `most`: the text need not end. */
size_t strnlen(const char *s, size_t most)
{
	size_t length = 0;

	while (length < most && s[length])
		length++;
	return length;
}

/* Bytes compare as unsigned (C11 7.24.4): UTF-8 sorts by character. */
int strcmp(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return (uint8_t)*a - (uint8_t)*b;
}

int strncmp(const char *a, const char *b, size_t most)
{
	for (; most; a++, b++, most--)
		if (*a != *b || !*a)
			return (uint8_t)*a - (uint8_t)*b;
	return 0;
}

/* The end is a character like the others: strchr(s, 0) finds it. */
char *strchr(const char *s, int c)
{
	for (; *s != (char)c; s++)
		if (!*s)
			return NULL;
	return (char *)s;
}

char *strrchr(const char *s, int c)
{
	const char *found = NULL;

	do {
		if (*s == (char)c)
			found = s;
	} while (*s++);
	return (char *)found;
}

/* Returns the length that it would have been, as strlcpy(): the caller sees that it was cut. */
size_t string_copy(char *to, const char *from, size_t room)
{
	size_t length = strlen(from), part = min(length, room - 1);

	assert(room > 0); /* there is always an end */
	memcpy(to, from, part);
	to[part] = '\0';
	return length;
}

/* 0 to 35, or 99 for what is no digit in any base. */
static unsigned digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	c |= 0x20;
	if (c >= 'a' && c <= 'z')
		return (unsigned)(c - 'a' + 10);
	return 99;
}

/* No sign, no blanks, no check for overflow: it is for what the kernel itself is told. "0x" without
 * a digit behind it is the number 0, and *end is at the x. */
uint64_t string_to_u64(const char *s, const char **end, int base)
{
	bool hex = s[0] == '0' && (s[1] | 0x20) == 'x' && digit_value(s[2]) < 16;
	uint64_t value = 0;

	assert(base == 0 || (base >= 2 && base <= 36));
	if (base == 0)
		base = hex ? 16 : s[0] == '0' ? 8 : 10;
	if (base == 16 && hex)
		s += 2;
	for (; digit_value(*s) < (unsigned)base; s++)
		value = value * (unsigned)base + digit_value(*s);
	if (end)
		*end = s;
	return value;
}
