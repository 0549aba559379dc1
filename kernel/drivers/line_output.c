/* SPDX-License-Identifier: MIT */
/*
 * line_output.c - from a program's bytes to the device's: OPOST and its flags (termios(3)).
 *
 * The column of the cursor is followed through everything that is put out, so that tabs can be
 * expanded, and erased again by as many cells as they took.
 * Bytes gather in tty->pending; while output is stopped they stay there, and what finds no room is
 * dropped: that is only echo, for writers wait until output goes on.
 *
 * Order of the flags is POSIX's. Delays (NLDLY ...) of mechanical terminals are accepted as
 * settings and do nothing, as on Linux for devices that need none.
 */
#include "drivers/line_settings.h"
#include "drivers/tty.h"

void line_push(struct tty *tty)
{
	assert(spinlock_held(&tty->lock));
	if (tty->stopped || !tty->pending_count)
		return;
	assert(tty->pending_count <= TTY_PENDING);
	tty->ops->write(tty, tty->pending, tty->pending_count);
	tty->pending_count = 0;
}

/* A byte that finds no room because output is stopped is lost: the alternative would be to wait, in
 * an interrupt. */
void line_put_raw(struct tty *tty, uint8_t byte)
{
	assert(tty->pending_count <= TTY_PENDING);
	if (tty->pending_count == TTY_PENDING)
		line_push(tty);
	if (tty->pending_count < TTY_PENDING)
		tty->pending[tty->pending_count++] = (char)byte;
}

/* ONLRET: on this terminal a newline returns by itself.  ONLCR: it does not, and we add the
 * return. */
static void put_newline(struct tty *tty)
{
	struct line *line = &tty->line;
	uint32_t flags = tty->termios.c_oflag;

	if (flags & (ONLRET | ONLCR))
		line->column = 0;
	line->canon_column = line->column;
	if (flags & ONLCR)
		line_put_raw(tty, '\r');
	line_put_raw(tty, '\n');
}

static void put_return(struct tty *tty)
{
	struct line *line = &tty->line;
	uint32_t flags = tty->termios.c_oflag;

	/* No carriage return in column 0: there is nothing to return from. */
	if (flags & ONOCR && line->column == 0)
		return;
	if (!(flags & OCRNL) || flags & ONLRET)
		line->canon_column = line->column = 0;
	line_put_raw(tty, flags & OCRNL ? '\n' : '\r');
}

static void put_tab(struct tty *tty)
{
	int blanks = 8 - (tty->line.column & 7);

	assert(tty->line.column >= 0 && blanks > 0);
	tty->line.column += blanks;
	if ((tty->termios.c_oflag & TABDLY) != XTABS) {
		line_put_raw(tty, '\t');
		return;
	}
	while (blanks--)
		line_put_raw(tty, ' ');
}

/* Only what has a cell of its own moves the cursor.  Wide characters count as one, as in Linux. */
static void put_visible(struct tty *tty, uint8_t byte)
{
	if (tty->termios.c_oflag & OLCUC && line_is_lower(byte))
		byte &= (uint8_t)~0x20;
	if (!line_is_control(byte) && !line_is_continuation(tty, byte))
		tty->line.column++;
	line_put_raw(tty, byte);
}

void line_put(struct tty *tty, uint8_t byte)
{
	assert(spinlock_held(&tty->lock));
	if (!(tty->termios.c_oflag & OPOST)) {
		line_put_raw(tty, byte);
		return;
	}
	switch (byte) {
	case '\n':
		put_newline(tty);
		break;
	case '\r':
		put_return(tty);
		break;
	case '\t':
		put_tab(tty);
		break;
	case '\b':
		if (tty->line.column > 0)
			tty->line.column--;
		line_put_raw(tty, byte);
		break;
	default:
		put_visible(tty, byte);
	}
}
