/* SPDX-License-Identifier: MIT */
/*
 * line_buffer.c - the ring of input between the device and readers (its layout: line_discipline.h).
 *
 * Positions count for ever and wrap at 2^32, a multiple of LINE_SIZE; differences are what counts.
 * Invariants: head - tail <= LINE_SIZE; in canonical mode canon lies between them, and marks are
 * set only below canon.  So a reader of lines never meets what is still being edited.
 *
 * A full ring must not be the end: in canonical mode a line that is too long goes on to lose its
 * last byte, so that the newline that frees the reader always finds room.
 *
 * All under tty->lock, from the device's interrupt or a reader; nothing sleeps.
 */
#include "drivers/line_settings.h"
#include "drivers/tty.h"
#include "lib/string.h"

/* ---- marks ---- */

static bool marked(const struct line *line, uint32_t position)
{
	return line->marks[position % LINE_SIZE / 64] >> position % 64 & 1;
}

/* Also clears: a place is used again every LINE_SIZE bytes, and would keep the mark of its last
 * use. */
static void mark(struct line *line, uint32_t position, bool set)
{
	uint64_t bit = 1UL << position % 64;

	if (set)
		line->marks[position % LINE_SIZE / 64] |= bit;
	else
		line->marks[position % LINE_SIZE / 64] &= ~bit;
}

/* The buffer itself need not be cleared: nothing beyond head is ever read. */
void line_init(struct line *line)
{
	memset(line, 0, offsetof(struct line, buffer));
}

void line_store(struct tty *tty, uint8_t byte)
{
	struct line *line = &tty->line;

	assert(spinlock_held(&tty->lock) && line->head - line->tail <= LINE_SIZE);
	if (line->head - line->tail == LINE_SIZE) {
		/* Dropped: readers are behind, and line_room() has told the device so. */
		if (!line_is_canonical(tty) || line->canon != line->tail)
			return;
		line->head--;
	}
	mark(line, line->head, false);
	line->buffer[line->head++ % LINE_SIZE] = byte;
}

/* PARMRK doubles a 0xff, which else starts the report of an error. */
void line_store_data(struct tty *tty, uint8_t byte)
{
	if (byte == 0xff && line_input(tty, PARMRK))
		line_store(tty, byte);
	line_store(tty, byte);
}

/* From here on readers may have the line, and erasing stops at it. */
void line_store_end(struct tty *tty, uint8_t byte)
{
	struct line *line = &tty->line;

	line_store(tty, byte);
	mark(line, line->head - 1, true);
	line->canon = line->head;
	assert(line->head - line->tail <= LINE_SIZE);
}

/* In canonical mode, without a complete line, everything may come: what is too much is dropped by
 * line_store(), for nobody could read before the line's end anyway.  Else one byte is kept free for
 * the end of a line, and with PARMRK a byte may need two. */
size_t line_room(const struct tty *tty)
{
	const struct line *line = &tty->line;
	size_t room = LINE_SIZE - 1 - min(line->head - line->tail, LINE_SIZE - 1U);

	if (line_is_canonical(tty) && line->canon == line->tail)
		return LINE_SIZE;
	return line_input(tty, PARMRK) ? room / 2 : room;
}

void line_flush(struct tty *tty)
{
	struct line *line = &tty->line;

	assert(spinlock_held(&tty->lock));
	line->tail = line->canon = line->head;
	memset(line->marks, 0, sizeof(line->marks));
	line->literal = line->erasing = false;
}

/* ---- reading ---- */

bool line_readable(const struct tty *tty, bool polled)
{
	const struct line *line = &tty->line;
	uint32_t wanted = 1;

	assert(spinlock_held(&tty->lock));
	/* canon is what separates what is ready from what ^H can still take back. */
	if (line_is_canonical(tty))
		return line->canon != line->tail;
	if (polled && !tty->termios.c_cc[VTIME] && tty->termios.c_cc[VMIN])
		wanted = tty->termios.c_cc[VMIN];
	return line->head - line->tail >= wanted;
}

/* An end-of-file mark right behind the last byte that fits is taken along, so that it does not
 * come up as an empty read of its own later. */
static size_t take_line(struct line *line, char *to, size_t room, bool *line_ended)
{
	size_t taken = 0;

	assert(line->canon - line->tail <= line->head - line->tail);
	while (line->tail != line->canon && !*line_ended) {
		uint8_t byte = line->buffer[line->tail % LINE_SIZE];
		bool end = marked(line, line->tail);

		if (taken == room && !(end && byte == LINE_END_OF_FILE))
			break;
		mark(line, line->tail++, false);
		if (!end || byte != LINE_END_OF_FILE)
			to[taken++] = (char)byte;
		*line_ended = end;
	}
	return taken;
}

size_t line_take(struct tty *tty, char *to, size_t room, bool *line_ended)
{
	struct line *line = &tty->line;
	size_t taken = 0;

	assert(spinlock_held(&tty->lock));
	*line_ended = false;
	if (line_is_canonical(tty))
		return take_line(line, to, room, line_ended);
	while (taken < room && line->tail != line->head)
		to[taken++] = (char)line->buffer[line->tail++ % LINE_SIZE];
	line->canon = line->tail; /* for the day that canonical mode comes back */
	return taken;
}

/* FIONREAD counts what read(2) could return: complete lines, without the marks for end of file. */
size_t line_available(const struct tty *tty)
{
	const struct line *line = &tty->line;
	size_t count = 0;

	assert(spinlock_held(&tty->lock));
	if (!line_is_canonical(tty))
		return line->head - line->tail;
	for (uint32_t at = line->tail; at != line->canon; at++)
		count += !(marked(line, at) && line->buffer[at % LINE_SIZE] == LINE_END_OF_FILE);
	return count;
}

/*
 * Towards raw mode, all of the buffer can be read; towards canonical mode, what is there counts as
 * one line.
 */
void line_mode_changed(struct tty *tty)
{
	struct line *line = &tty->line;

	assert(spinlock_held(&tty->lock));
	memset(line->marks, 0, sizeof(line->marks));
	line->canon = line->tail;
	if (line_is_canonical(tty) && line->head != line->tail) {
		line->canon = line->head;
		mark(line, line->head - 1, true);
	}
}
