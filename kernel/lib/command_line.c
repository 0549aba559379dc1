/* SPDX-License-Identifier: MIT */
/*
 * command_line.c - looking up words in the text that the boot loader passed.
 *
 * The text is kept as it came, tabs and newlines turned into blanks.  `options_end` is the offset
 * where the lone word `--` starts (or the text's end): options are sought before it, init's
 * arguments lie behind it.  A word ends at a blank; there is no quoting.
 *
 * Called by the loaders' readers before there is anything else: no memory, no log. A text that is
 * too long is cut, and with it perhaps the last word.
 */
#include "lib/command_line.h"
#include "lib/assert.h"
#include "lib/string.h"

static char text[COMMAND_LINE_MAX];
static size_t options_end;
static char arguments[COMMAND_LINE_MAX];

/* The word that starts at or after `at`: its start, and its length in *length (0: no more). */
static const char *next_word(const char *at, const char *end, size_t *length)
{
	const char *stop;

	while (at < end && *at == ' ')
		at++;
	for (stop = at; stop < end && *stop != ' ';)
		stop++;
	*length = (size_t)(stop - at);
	return at;
}

/* Copies the words from `from` on, one blank between them. */
static void keep_arguments(const char *from)
{
	const char *end = from + strlen(from), *word;
	size_t length, used = 0;

	for (;; from = word + length) {
		word = next_word(from, end, &length);
		if (!length)
			break;
		if (used)
			arguments[used++] = ' ';
		assert(used + length < sizeof(arguments));
		memcpy(arguments + used, word, length);
		used += length;
	}
	arguments[used] = '\0';
}

void command_line_set(const char *from)
{
	const char *end, *word;
	size_t length;

	assert(from);
	string_copy(text, from, sizeof(text));
	for (char *c = text; *c; c++)
		if (*c == '\t' || *c == '\n')
			*c = ' ';
	options_end = strlen(text);
	arguments[0] = '\0';
	end = text + options_end;
	for (word = text;; word += length) {
		word = next_word(word, end, &length);
		if (!length)
			return;
		if (length == 2 && !memcmp(word, "--", 2))
			break;
	}
	options_end = (size_t)(word - text);
	keep_arguments(word + 2);
}

/* As it came, for /proc/cmdline. */
const char *command_line_text(void)
{
	return text;
}

/* The last option that is `name`, or starts with `name=` when `valued`; NULL: there is none. */
static const char *option_find(const char *name, bool valued, size_t *length)
{
	const char *end = text + options_end, *word = text, *found = NULL;
	size_t name_length = strlen(name), word_length;

	assert(name_length > 0 && options_end < COMMAND_LINE_MAX);
	for (;; word += word_length) {
		word = next_word(word, end, &word_length);
		if (!word_length)
			return found;
		if (word_length < name_length + valued || memcmp(word, name, name_length))
			continue;
		if (valued ? word[name_length] == '=' : word_length == name_length) {
			found = word + name_length + valued;
			*length = word_length - name_length - valued;
		}
	}
}

bool command_line_get(const char *name, char *to, size_t room)
{
	size_t length;
	const char *value = option_find(name, true, &length);

	assert(room > 0);
	if (!value)
		return false;
	length = min(length, room - 1);
	memcpy(to, value, length);
	to[length] = '\0';
	return true;
}

bool command_line_has(const char *name)
{
	size_t length;

	return option_find(name, false, &length);
}

/* In C's notations; what is no number, or goes on behind it, counts as not given. */
uint64_t command_line_number(const char *name, uint64_t otherwise)
{
	char value[32];
	const char *end;
	uint64_t number;

	if (!command_line_get(name, value, sizeof(value)))
		return otherwise;
	number = string_to_u64(value, &end, 0);
	return end != value && !*end ? number : otherwise;
}

const char *command_line_arguments(void)
{
	return arguments;
}
