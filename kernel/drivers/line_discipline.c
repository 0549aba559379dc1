/* SPDX-License-Identifier: MIT */
/*
 * line_discipline.c - input: what a byte from the device means.
 *
 * A byte passes, in this order: ^V's quoting; stripping; flow control (IXON); signals (ISIG);
 * carriage return and newline; in canonical mode editing and line ends; else it is data.  The
 * order is Linux's, and shows: with ISIG a VEOF that equals VINTR is an interrupt.
 * A key whose character is 0 is switched off.
 *
 * All under tty->lock.  What a byte means is decided when it comes, with the settings of that
 * moment; a read only takes what was decided (line_buffer.c).  A signal is not sent here but
 * reported to the caller: finding the foreground group takes other locks, which come before this.
 */
#include "drivers/line_settings.h"
#include "drivers/tty.h"

/* A newline made of a carriage return echoes as such; one that came as itself here, as ^J. */
static void receive_data(struct tty *tty, uint8_t byte, bool was_return)
{
	if (line_local(tty, ECHO)) {
		line_end_erasing(tty);
		if (byte == '\n' && was_return)
			line_put(tty, byte);
		else
			line_echo_data(tty, byte);
	}
	line_store_data(tty, byte);
}

/* ^S and ^Q; true: that was one. */
static bool receive_flow(struct tty *tty, uint8_t byte)
{
	if (!line_input(tty, IXON))
		return false;
	if (line_is_key(tty, byte, VSTART)) {
		if (!tty->flow_stopped)
			tty->stopped = false;
		return true;
	}
	if (line_is_key(tty, byte, VSTOP)) {
		tty->stopped = true;
		return true;
	}
	if (line_input(tty, IXANY) && !tty->flow_stopped)
		tty->stopped = false;
	return false;
}

/* The characters are looked at in this order; two signals on one key are the first. */
static int signal_of(const struct tty *tty, uint8_t byte)
{
	if (!line_local(tty, ISIG))
		return 0;
	if (line_is_key(tty, byte, VINTR))
		return SIGINT;
	if (line_is_key(tty, byte, VQUIT))
		return SIGQUIT;
	return line_is_key(tty, byte, VSUSP) ? SIGTSTP : 0;
}

/* The user wants out: unread input and output under way go (unless NOFLSH), ^S no longer holds. */
static void receive_signal(struct tty *tty, uint8_t byte)
{
	if (!line_local(tty, NOFLSH)) {
		line_flush(tty);
		tty->pending_count = 0;
	}
	if (line_input(tty, IXON) && !tty->flow_stopped)
		tty->stopped = false;
	if (line_local(tty, ECHO))
		line_echo(tty, byte);
}

/* Carriage return and newline by the i-flags; false: the byte is ignored. */
static bool translate(const struct tty *tty, uint8_t *byte)
{
	if (*byte == '\r') {
		if (line_input(tty, IGNCR))
			return false;
		if (line_input(tty, ICRNL))
			*byte = '\n';
	} else if (*byte == '\n' && line_input(tty, INLCR)) {
		*byte = '\r';
	}
	return true;
}

/* Keys that edit; true: that was one. */
static bool receive_editing(struct tty *tty, uint8_t byte)
{
	bool extended = line_local(tty, IEXTEN);

	if (line_is_key(tty, byte, VERASE) || line_is_key(tty, byte, VKILL) ||
	    (extended && line_is_key(tty, byte, VWERASE))) {
		line_erase(tty, byte);
		return true;
	}
	if (extended && line_is_key(tty, byte, VLNEXT)) {
		tty->line.literal = true;
		if (line_local(tty, ECHO)) {
			line_end_erasing(tty);
			if (line_local(tty, ECHOCTL)) { /* a ^ that the next character replaces */
				line_put(tty, '^');
				line_put(tty, '\b');
			}
		}
		return true;
	}
	if (extended && line_local(tty, ECHO) && line_is_key(tty, byte, VREPRINT)) {
		line_reprint(tty);
		return true;
	}
	return false;
}

/* Keys that end a line; true: that was one. */
static bool receive_line_end(struct tty *tty, uint8_t byte)
{
	if (byte == '\n') {
		if (line_local(tty, ECHO) || line_local(tty, ECHONL))
			line_put(tty, '\n');
		line_store_end(tty, '\n');
		return true;
	}
	if (line_is_key(tty, byte, VEOF)) {
		line_store_end(tty, LINE_END_OF_FILE);
		return true;
	}
	if (line_is_key(tty, byte, VEOL) ||
	    (line_local(tty, IEXTEN) && line_is_key(tty, byte, VEOL2))) {
		if (line_local(tty, ECHO))
			line_echo_data(tty, byte);
		if (byte == 0xff && line_input(tty, PARMRK))
			line_store(tty, byte);
		line_store_end(tty, byte);
		return true;
	}
	return false;
}

/* For terminals with seven bits, and those without small letters. */
static uint8_t strip(const struct tty *tty, uint8_t byte)
{
	if (line_input(tty, ISTRIP))
		byte &= 0x7f;
	if (line_input(tty, IUCLC) && line_local(tty, IEXTEN) && line_is_upper(byte))
		byte |= 0x20;
	return byte;
}

/* The order of the head of this file.  Each step either is the end of the byte or passes it on. */
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
	if (line_local(tty, EXTPROC)) { /* the other end does the editing */
		line_store_data(tty, byte);
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
	if (!line_is_canonical(tty) ||
	    !(receive_editing(tty, byte) || receive_line_end(tty, byte)))
		receive_data(tty, byte, was_return);
	return 0;
}

void line_settings_changed(struct tty *tty, const struct termios2 *old)
{
	assert(spinlock_held(&tty->lock));
	if ((old->c_lflag ^ tty->termios.c_lflag) & (ICANON | EXTPROC)) {
		line_mode_changed(tty);
		tty->line.erasing = tty->line.literal = false;
	}
	/* Nobody could type ^Q any more: what ^S stopped would stand for ever. */
	if (old->c_iflag & IXON && !line_input(tty, IXON) && !tty->flow_stopped)
		tty->stopped = false;
}
