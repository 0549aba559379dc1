/* SPDX-License-Identifier: MIT */
/*
 * text.c - growing text.  Invariant: length < room whenever bytes is there; the room doubles, so
 * that n bytes cost O(n) in all.
 *
 * Used under locks (the area lock, mounts_lock), so it must not sleep: krealloc() does not
 * reclaim. The text is not NUL-terminated by its length; room for a NUL is always there.
 */
#include "lib/text.h"

#include "abi/errno.h"
#include "lib/assert.h"
#include "lib/printf.h"
#include "lib/string.h"

#define TEXT_ROOM_FIRST 1024

/* Makes room for `more` bytes and a NUL; false: there is no memory. */
static bool text_reserve(struct text *text, size_t more)
{
	size_t room = max(text->room, (size_t)TEXT_ROOM_FIRST);
	char *bytes;

	if (text->error)
		return false;
	while (room <= text->length + more)
		room *= 2;
	if (room == text->room)
		return true;
	bytes = krealloc(text->bytes, room);
	if (!bytes) {
		text->error = -ENOMEM;
		return false;
	}
	text->bytes = bytes;
	text->room = room;
	return true;
}

/* After a failure (text->error) nothing more is appended: callers ask once, at the end. */
void text_append(struct text *text, const char *bytes, size_t length)
{
	if (!text_reserve(text, length))
		return;
	assert(text->length + length < text->room);
	memcpy(text->bytes + text->length, bytes, length);
	text->length += length;
}

/* Tried in the room that there is; if the text turns out longer, once more with enough. `arguments`
 * can be walked only once, hence started twice. */
void text_printf(struct text *text, const char *format, ...)
{
	va_list arguments;
	int length;

	if (!text_reserve(text, 0))
		return;
	va_start(arguments, format);
	length = vsnprintf(text->bytes + text->length, text->room - text->length, format,
			   arguments);
	va_end(arguments);
	if (text->length + length >= text->room) {
		if (!text_reserve(text, length))
			return;
		va_start(arguments, format);
		vsnprintf(text->bytes + text->length, text->room - text->length, format,
			  arguments);
		va_end(arguments);
	}
	text->length += length;
}

/* As /proc/mounts has names: \ and the listed ones as octal, so that a blank separates fields and
 * nothing else. */
void text_append_escaped(struct text *text, const char *string, const char *escaped)
{
	for (; *string; string++) {
		if (*string == '\\' || strchr(escaped, *string))
			text_printf(text, "\\%03o", (unsigned char)*string);
		else
			text_append(text, string, 1);
	}
}

void text_pad_to(struct text *text, size_t line_start, size_t column)
{
	assert(line_start <= text->length);
	while (!text->error && text->length - line_start < column)
		text_append(text, " ", 1);
}

/* And usable again: all zero is an empty text. */
void text_free(struct text *text)
{
	kfree(text->bytes);
	*text = (struct text){ 0 };
}
