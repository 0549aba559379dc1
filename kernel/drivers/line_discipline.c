/* SPDX-License-Identifier: MIT */
/*
 * line_discipline.c - input: what a byte from the device means, and what a read gets of it.
 *
 * A byte passes, in this order: ^V's quoting; stripping; flow control (IXON); signals (ISIG);
 * carriage return and newline; in canonical mode editing and line ends; else it is data.  The
 * order is Linux's, and shows: with ISIG a VEOF that equals VINTR is an interrupt.
 * A key whose character is 0 is switched off.
 *
 * Positions count for ever and wrap at 2^32, a multiple of LINE_SIZE; differences are what counts.
 */
#include "abi/errno.h"
#include "drivers/tty.h"
#include "lib/string.h"

#define END_OF_FILE 0 /* with a mark */

static bool input(const struct tty *tty, uint32_t bits)
{
	return (tty->termios.c_iflag & bits) == bits;
}

static bool local(const struct tty *tty, uint32_t bits)
{
	return (tty->termios.c_lflag & bits) == bits;
}

/* With EXTPROC the other end of a network edits the lines, and bytes are passed on as they come. */
static bool canonical(const struct tty *tty)
{
	return local(tty, ICANON) && !local(tty, EXTPROC);
}

static bool is_key(const struct tty *tty, uint8_t byte, int key)
{
	return byte && byte == tty->termios.c_cc[key];
}

/* ---- marks ---- */

static bool marked(const struct line *line, uint32_t position)
{
	return line->marks[position % LINE_SIZE / 64] >> position % 64 & 1;
}

static void mark(struct line *line, uint32_t position, bool set)
{
	uint64_t bit = 1UL << position % 64;

	if (set)
		line->marks[position % LINE_SIZE / 64] |= bit;
	else
		line->marks[position % LINE_SIZE / 64] &= ~bit;
}

/* ---- storing ---- */

/* The buffer itself need not be cleared: nothing beyond head is ever read. */
void line_init(struct line *line)
{
	memset(line, 0, offsetof(struct line, buffer));
}

/* In a full buffer without a complete line the last byte gives way, so that the newline, which
 * ends the misery, always finds room. */
static void store(struct tty *tty, uint8_t byte)
{
	struct line *line = &tty->line;

	assert(line->head - line->tail <= LINE_SIZE);
	if (line->head - line->tail == LINE_SIZE) {
		/* Dropped: readers are behind, and line_room() has told the device so. */
		if (!canonical(tty) || line->canon != line->tail)
			return;
		line->head--;
	}
	mark(line, line->head, false);
	line->buffer[line->head++ % LINE_SIZE] = byte;
}

/* PARMRK doubles a 0xff, which else starts the report of an error. */
static void store_data(struct tty *tty, uint8_t byte)
{
	if (byte == 0xff && input(tty, PARMRK))
		store(tty, byte);
	store(tty, byte);
}

static void store_line_end(struct tty *tty, uint8_t byte)
{
	struct line *line = &tty->line;

	store(tty, byte);
	mark(line, line->head - 1, true);
	line->canon = line->head;
	assert(line->head - line->tail <= LINE_SIZE);
}

/* In canonical mode, without a complete line, everything may come: what is too much is dropped by
 * store(), for nobody could read before the line's end anyway. */
size_t line_room(const struct tty *tty)
{
	const struct line *line = &tty->line;
	size_t room = LINE_SIZE - 1 - min(line->head - line->tail, LINE_SIZE - 1U);

	if (canonical(tty) && line->canon == line->tail)
		return LINE_SIZE; /* what is too much is dropped */
	return input(tty, PARMRK) ? room / 2 : room;
}

void line_flush(struct tty *tty)
{
	struct line *line = &tty->line;

	assert(spinlock_held(&tty->lock));
	line->tail = line->canon = line->head;
	memset(line->marks, 0, sizeof(line->marks));
	line->literal = line->erasing = false;
}

/* ---- receiving ---- */

/* A newline made of a carriage return echoes as such; one that came as itself here, as ^J. */
static void receive_data(struct tty *tty, uint8_t byte, bool was_return)
{
	if (local(tty, ECHO)) {
		line_end_erasing(tty);
		if (byte == '\n' && was_return)
			line_put(tty, byte);
		else
			line_echo_data(tty, byte);
	}
	store_data(tty, byte);
}

/* ^S and ^Q; true: that was one. */
static bool receive_flow(struct tty *tty, uint8_t byte)
{
	if (!input(tty, IXON))
		return false;
	if (is_key(tty, byte, VSTART)) {
		if (!tty->flow_stopped)
			tty->stopped = false;
		return true;
	}
	if (is_key(tty, byte, VSTOP)) {
		tty->stopped = true;
		return true;
	}
	if (input(tty, IXANY) && !tty->flow_stopped)
		tty->stopped = false;
	return false;
}

static int signal_of(const struct tty *tty, uint8_t byte)
{
	if (!local(tty, ISIG))
		return 0;
	if (is_key(tty, byte, VINTR))
		return SIGINT;
	if (is_key(tty, byte, VQUIT))
		return SIGQUIT;
	return is_key(tty, byte, VSUSP) ? SIGTSTP : 0;
}

/* The user wants out: unread input and output under way go (unless NOFLSH), ^S no longer holds. */
static void receive_signal(struct tty *tty, uint8_t byte)
{
	if (!local(tty, NOFLSH)) {
		line_flush(tty);
		tty->pending_count = 0;
	}
	if (input(tty, IXON) && !tty->flow_stopped)
		tty->stopped = false;
	if (local(tty, ECHO))
		line_echo(tty, byte);
}

/* Carriage return and newline by the i-flags; false: the byte is ignored. */
static bool translate(const struct tty *tty, uint8_t *byte)
{
	if (*byte == '\r') {
		if (input(tty, IGNCR))
			return false;
		if (input(tty, ICRNL))
			*byte = '\n';
	} else if (*byte == '\n' && input(tty, INLCR)) {
		*byte = '\r';
	}
	return true;
}

/* Keys that edit; true: that was one. */
static bool receive_editing(struct tty *tty, uint8_t byte)
{
	bool extended = local(tty, IEXTEN);

	if (is_key(tty, byte, VERASE) || is_key(tty, byte, VKILL) ||
	    (extended && is_key(tty, byte, VWERASE))) {
		line_erase(tty, byte);
		return true;
	}
	if (extended && is_key(tty, byte, VLNEXT)) {
		tty->line.literal = true;
		if (local(tty, ECHO)) {
			line_end_erasing(tty);
			if (local(tty, ECHOCTL)) { /* a ^ that the next character replaces */
				line_put(tty, '^');
				line_put(tty, '\b');
			}
		}
		return true;
	}
	if (extended && local(tty, ECHO) && is_key(tty, byte, VREPRINT)) {
		line_reprint(tty);
		return true;
	}
	return false;
}

/* Keys that end a line; true: that was one. */
static bool receive_line_end(struct tty *tty, uint8_t byte)
{
	if (byte == '\n') {
		if (local(tty, ECHO) || local(tty, ECHONL))
			line_put(tty, '\n');
		store_line_end(tty, '\n');
		return true;
	}
	if (is_key(tty, byte, VEOF)) {
		store_line_end(tty, END_OF_FILE);
		return true;
	}
	if (is_key(tty, byte, VEOL) || (local(tty, IEXTEN) && is_key(tty, byte, VEOL2))) {
		if (local(tty, ECHO))
			line_echo_data(tty, byte);
		if (byte == 0xff && input(tty, PARMRK))
			store(tty, byte);
		store_line_end(tty, byte);
		return true;
	}
	return false;
}

static uint8_t strip(const struct tty *tty, uint8_t byte)
{
	if (input(tty, ISTRIP))
		byte &= 0x7f;
	if (input(tty, IUCLC) && local(tty, IEXTEN) && line_is_upper(byte))
		byte |= 0x20;
	return byte;
}

int line_receive(struct tty *tty, uint8_t byte)
{
	bool was_return;
	int signal;

	assert(spinlock_held(&tty->lock));
	byte = strip(tty, byte);
	if (tty->line.literal) {
		tty->line.literal = false;
		receive_data(tty, byte, false);
		return 0;
	}
	if (local(tty, EXTPROC)) { /* the other end does the editing */
		store_data(tty, byte);
		return 0;
	}
	if (receive_flow(tty, byte))
		return 0;
	signal = signal_of(tty, byte);
	if (signal) {
		receive_signal(tty, byte);
		return signal;
	}
	/* Before it is translated: the echo differs. */
	was_return = byte == '\r';
	if (!translate(tty, &byte))
		return 0;
	if (!local(tty, ICANON) || !(receive_editing(tty, byte) || receive_line_end(tty, byte)))
		receive_data(tty, byte, was_return);
	return 0;
}

/* ---- reading ---- */

bool line_readable(const struct tty *tty, bool polled)
{
	const struct line *line = &tty->line;
	uint32_t wanted = 1;

	assert(spinlock_held(&tty->lock));
	if (canonical(tty))
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

		if (taken == room && !(end && byte == END_OF_FILE))
			break;
		mark(line, line->tail++, false);
		if (!end || byte != END_OF_FILE)
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
	if (canonical(tty))
		return take_line(line, to, room, line_ended);
	while (taken < room && line->tail != line->head)
		to[taken++] = (char)line->buffer[line->tail++ % LINE_SIZE];
	line->canon = line->tail;
	return taken;
}

/* FIONREAD counts what read(2) could return: complete lines, without the marks for end of file. */
size_t line_available(const struct tty *tty)
{
	const struct line *line = &tty->line;
	size_t count = 0;

	if (!canonical(tty))
		return line->head - line->tail;
	for (uint32_t at = line->tail; at != line->canon; at++)
		count += !(marked(line, at) && line->buffer[at % LINE_SIZE] == END_OF_FILE);
	return count;
}

/*
 * Between canonical and raw mode the meaning of the buffer changes.  Towards raw, all of it can be
 * read; towards canonical, what is there counts as one line.
 */
void line_settings_changed(struct tty *tty, const struct termios2 *old)
{
	struct line *line = &tty->line;

	assert(spinlock_held(&tty->lock));
	if ((old->c_lflag ^ tty->termios.c_lflag) & (ICANON | EXTPROC)) {
		memset(line->marks, 0, sizeof(line->marks));
		line->canon = line->tail;
		if (canonical(tty) && line->head != line->tail) {
			line->canon = line->head;
			mark(line, line->head - 1, true);
		}
		line->erasing = line->literal = false;
	}
	if (old->c_iflag & IXON && !input(tty, IXON) && !tty->flow_stopped)
		tty->stopped = false;
}
