/* SPDX-License-Identifier: MIT */
/*
 * line_edit.c - echo of what is typed, and taking it back (termios(3): ECHO..., VERASE, VKILL,
 * VWERASE, VREPRINT).
 *
 * Erasing must undo on the screen exactly what the echo did: nothing for an unseen byte, two cells
 * for a control character shown as ^X, as many as the tab had filled, one for a whole UTF-8
 * character.  The width of a tab is found by measuring what lies before it on the line.
 *
 * All under tty->lock; what is put out gathers in tty->pending. Erasing never goes below
 * line->canon: complete lines belong to the reader already. What differs between terminals is not
 * known here: \b, blank, \b wipes a cell on all of them.
 */
#include "drivers/line_settings.h"
#include "drivers/tty.h"

static uint8_t byte_at(const struct line *line, uint32_t position)
{
	return line->buffer[position % LINE_SIZE];
}

/* ---- echo ---- */

/* ^X for a control character, but not for a tab, which shows as what it is.  ECHOCTL's two cells
 * count for the column; the byte itself would not have moved the cursor. */
void line_echo(struct tty *tty, uint8_t byte)
{
	if (!line_local(tty, ECHOCTL) || !line_is_control(byte) || byte == '\t') {
		line_put(tty, byte);
		return;
	}
	line_put_raw(tty, '^');
	line_put_raw(tty, byte ^ 0x40);
	tty->line.column += 2;
}

/* The first byte of a line notes where the line begins: a prompt stands before it, and tabs are
 * counted from the edge of the screen. */
void line_echo_data(struct tty *tty, uint8_t byte)
{
	struct line *line = &tty->line;

	assert(spinlock_held(&tty->lock));
	if (line->canon == line->head)
		line->canon_column = line->column;
	line_echo(tty, byte);
}

/* ECHOPRT, for terminals on paper: what is erased is printed again, backwards, between \ and /. */
void line_end_erasing(struct tty *tty)
{
	if (!tty->line.erasing)
		return;
	line_put(tty, '/');
	tty->line.erasing = false;
}

void line_reprint(struct tty *tty)
{
	struct line *line = &tty->line;

	line_end_erasing(tty);
	/* Shown as ^R, on the old line, as a hint why the text appears twice. */
	line_echo(tty, tty->termios.c_cc[VREPRINT]);
	line_put(tty, '\n');
	for (uint32_t at = line->canon; at != line->head; at++)
		line_echo(tty, byte_at(line, at));
}

/* ---- erasing ---- */

static void wipe_cell(struct tty *tty)
{
	line_put(tty, '\b');
	line_put(tty, ' ');
	line_put(tty, '\b');
}

/* The tab at head is gone: goes back to where the cursor was before it. */
static void wipe_tab(struct tty *tty)
{
	struct line *line = &tty->line;
	bool after_tab = false;
	int width = 0;

	for (uint32_t at = line->head; at != line->canon && !after_tab;) {
		uint8_t byte = byte_at(line, --at);

		if (byte == '\t')
			after_tab = true; /* it ended on a multiple of 8 */
		else if (line_is_control(byte))
			width += line_local(tty, ECHOCTL) ? 2 : 0;
		else if (!line_is_continuation(tty, byte))
			width++;
	}
	if (!after_tab)
		width += line->canon_column;
	for (int cells = 8 - (width & 7); cells; cells--) {
		line_put_raw(tty, '\b');
		if (line->column > 0)
			line->column--;
	}
}

/* The character of `length` bytes at head is gone: its echo shows that. */
static void wipe_character(struct tty *tty, uint32_t length, bool single)
{
	struct line *line = &tty->line;
	uint8_t byte = byte_at(line, line->head);

	assert(length > 0);
	if (line_local(tty, ECHOPRT)) {
		if (!line->erasing)
			line_put(tty, '\\');
		line->erasing = true;
		line_echo(tty, byte);
		for (uint32_t i = 1; i < length; i++) {
			line_put_raw(tty, byte_at(line, line->head + i));
			if (line->column > 0) /* Linux steps back for these bytes, too */
				line->column--;
		}
	} else if (single && !line_local(tty, ECHOE)) {
		line_echo(tty, tty->termios.c_cc[VERASE]);
	} else if (byte == '\t') {
		wipe_tab(tty);
	} else {
		if (line_is_control(byte) && line_local(tty, ECHOCTL))
			wipe_cell(tty);
		if (!line_is_control(byte) || line_local(tty, ECHOCTL))
			wipe_cell(tty);
	}
}

/* Bytes of the last character before head; 0: only a fragment of one. */
static uint32_t last_character(const struct tty *tty)
{
	const struct line *line = &tty->line;
	uint32_t at = line->head;

	assert(line->head != line->canon);
	do {
		at--;
	} while (at != line->canon && line_is_continuation(tty, byte_at(line, at)));
	return line_is_continuation(tty, byte_at(line, at)) ? 0 : line->head - at;
}

/* ^W takes bytes that are of no word, then the word before them.  A word is letters, digits and the
 * underscore, as in Linux's n_tty.c. */
static bool is_word(uint8_t byte)
{
	return line_is_letter(byte) || (byte >= '0' && byte <= '9') || byte == '_';
}

/* The whole line at once, without wiping it cell by cell. */
static void kill_line(struct tty *tty)
{
	tty->line.head = tty->line.canon;
	if (!line_local(tty, ECHO))
		return;
	line_end_erasing(tty);
	line_echo(tty, tty->termios.c_cc[VKILL]);
	if (line_local(tty, ECHOK))
		line_put(tty, '\n');
}

static void erase_characters(struct tty *tty, bool single, bool word)
{
	struct line *line = &tty->line;
	bool in_word = false;

	assert(!(single && word));
	while (line->head != line->canon) {
		uint32_t length = last_character(tty);
		bool word_byte = length && is_word(byte_at(line, line->head - length));

		if (!length || (word && in_word && !word_byte))
			break;
		in_word |= word_byte;
		line->head -= length;
		if (line_local(tty, ECHO))
			wipe_character(tty, length, single);
		if (single)
			break;
	}
	if (line->head == line->canon && line_local(tty, ECHO))
		line_end_erasing(tty);
}

/* A kill wipes the line character by character only if ECHO, ECHOK, ECHOKE and ECHOE are all
 * set. */
void line_erase(struct tty *tty, uint8_t byte)
{
	const uint8_t *keys = tty->termios.c_cc;
	bool single = byte == keys[VERASE], word = !single && byte == keys[VWERASE];

	assert(spinlock_held(&tty->lock));
	assert(single || word || byte == keys[VKILL]);
	if (tty->line.head == tty->line.canon)
		return;
	if (!single && !word && !line_local(tty, ECHO | ECHOK | ECHOKE | ECHOE))
		kill_line(tty);
	else
		erase_characters(tty, single, word);
}
