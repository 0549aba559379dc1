/* SPDX-License-Identifier: MIT */
/*
 * log.c - the kernel log: a ring of text lines, and the consoles that show them.
 *
 * A stored line is "<level>[seconds.micros] text\n", what dmesg expects to read.  `ring_end` counts
 * every byte ever logged and only grows; byte n lives at ring[n % LOG_SIZE].  So the ring holds the
 * bytes from ring_end - LOG_SIZE (or 0) up to ring_end, and a reader keeps an absolute position
 * that stays meaningful when the ring overtakes it.
 *
 * Consoles get each line without its "<level>", and only below log_console_level.  One that is
 * added later first gets the lines that are still in the ring, so nothing said early is lost.
 *
 * The line is complete before it is put into the ring, and the ring's end moves last: code that
 * interrupts a kprintf() by a fault may call kprintf() itself.
 */
#include "lib/printf.h"
#include "lib/assert.h"
#include "lib/string.h"

static char ring[LOG_SIZE];
static uint64_t ring_end;
static struct log_console *consoles;

int log_console_level = LOG_NOTICE;

static uint64_t ring_start(void)
{
	return ring_end > LOG_SIZE ? ring_end - LOG_SIZE : 0;
}

static void ring_append(const char *text, size_t bytes)
{
	size_t at = ring_end % LOG_SIZE, first = min(bytes, LOG_SIZE - at);

	assert(bytes <= LOG_LINE_MAX);
	memcpy(ring + at, text, first);
	memcpy(ring, text + first, bytes - first);
	/* Last: a reader, or a fault in the copies above, never sees bytes that are not there
	 * yet. */
	ring_end += bytes;
}

static void consoles_write(enum log_level level, const char *text, size_t bytes)
{
	if ((int)level >= log_console_level)
		return;
	for (struct log_console *each = consoles; each; each = each->next)
		each->write(text, bytes);
}

/* Writes "<level>[time] text\n" to `line`; returns its length. */
static size_t line_format(char *line, enum log_level level, const char *format, va_list arguments)
{
	uint64_t micros = log_clock() / 1000;
	int head = snprintf(line, LOG_LINE_MAX, "<%d>[%5u.%06u] ", level,
			    (unsigned)(micros / 1000000), (unsigned)(micros % 1000000));
	size_t room = LOG_LINE_MAX - (size_t)head - 1; /* the newline's place is kept */
	size_t length = (size_t)vsnprintf(line + head, room, format, arguments);

	length = (size_t)head + min(length, room - 1);
	if (line[length - 1] != '\n')
		line[length++] = '\n';
	return length;
}

static size_t level_prefix(const char *line)
{
	return line[0] == '<' && line[2] == '>' ? 3 : 0;
}

void kprintf(enum log_level level, const char *format, ...)
{
	char line[LOG_LINE_MAX];
	size_t length, prefix;
	va_list arguments;
	uint64_t flags;

	va_start(arguments, format);
	length = line_format(line, level, format, arguments);
	va_end(arguments);
	prefix = level_prefix(line);
	flags = log_lock();
	ring_append(line, length);
	consoles_write(level, line + prefix, length - prefix);
	log_unlock(flags);
}

/* Copies the line at `position` of the ring; returns its length, 0 at the ring's end. */
static size_t ring_line(uint64_t position, char *line)
{
	size_t length = 0;

	while (position + length < ring_end && length < LOG_LINE_MAX) {
		line[length] = ring[(position + length) % LOG_SIZE];
		if (line[length++] == '\n')
			break;
	}
	return length;
}

static void console_replay(const struct log_console *console)
{
	char line[LOG_LINE_MAX];
	uint64_t position = ring_start();
	size_t length, prefix;

	while ((length = ring_line(position, line)) != 0) {
		prefix = length > 3 ? level_prefix(line) : 0;
		if (prefix && line[1] - '0' < log_console_level)
			console->write(line + prefix, length - prefix);
		position += length;
	}
}

void log_console_add(struct log_console *console)
{
	uint64_t flags = log_lock();

	assert(console->write && !console->next);
	console_replay(console);
	console->next = consoles;
	consoles = console;
	log_unlock(flags);
}

uint64_t log_end(void)
{
	return read_once(ring_end);
}

size_t log_read(uint64_t *position, char *to, size_t room)
{
	uint64_t flags = log_lock();
	size_t at, first, bytes;

	*position = max(*position, ring_start());
	bytes = *position < ring_end ? min(room, (size_t)(ring_end - *position)) : 0;
	assert(bytes <= LOG_SIZE);
	at = *position % LOG_SIZE;
	first = min(bytes, LOG_SIZE - at);
	memcpy(to, ring + at, first);
	memcpy(to + first, ring, bytes - first);
	*position += bytes;
	log_unlock(flags);
	return bytes;
}
