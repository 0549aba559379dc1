/* SPDX-License-Identifier: MIT */
/*
 * line_settings.h - what a terminal's settings say (termios(3)), and to which class a byte belongs:
 * the questions of the line_*.c files.
 *
 * Settings change only under tty->lock, and so the answers.
 */
#pragma once

#include "drivers/tty.h"

/* Whether all of these bits are set, of input and local modes. */
static inline bool line_input(const struct tty *tty, uint32_t bits)
{
	return (tty->termios.c_iflag & bits) == bits;
}

static inline bool line_local(const struct tty *tty, uint32_t bits)
{
	return (tty->termios.c_lflag & bits) == bits;
}

/* With EXTPROC the other end of a network edits the lines, and bytes are passed on as they come. */
static inline bool line_is_canonical(const struct tty *tty)
{
	return line_local(tty, ICANON) && !line_local(tty, EXTPROC);
}

/* `key`: VINTR ... A key whose character is 0 is switched off, so the byte 0 is never one. */
static inline bool line_is_key(const struct tty *tty, uint8_t byte, int key)
{
	return byte && byte == tty->termios.c_cc[key];
}

/* Not the first byte of a UTF-8 character: it has no cell of its own. */
static inline bool line_is_continuation(const struct tty *tty, uint8_t byte)
{
	return line_input(tty, IUTF8) && (byte & 0xc0) == 0x80;
}

static inline bool line_is_control(uint8_t byte)
{
	return byte < ' ' || byte == 0x7f;
}

/* Upper and lower case differ in bit 5, in ASCII and in Latin-1, which Linux's isalpha() knows,
 * too. 0xd7 and 0xf7 are no letters, but the signs for times and divided by. */
static inline bool line_is_letter(uint8_t byte)
{
	uint8_t lower = byte | 0x20;

	return (lower >= 'a' && lower <= 'z') || (lower >= 0xe0 && lower != 0xf7);
}

static inline bool line_is_lower(uint8_t byte)
{
	return line_is_letter(byte) && (byte & 0x20) && byte != 0xff;
}

static inline bool line_is_upper(uint8_t byte)
{
	return line_is_letter(byte) && !(byte & 0x20) && byte != 0xdf;
}
