/* SPDX-License-Identifier: MIT */
/*
 * line_discipline.h - what stands between a terminal's wire and a program (termios(3)): editing of
 * lines, echo, signals from keys, translation of line ends.
 *
 * The buffer holds bytes `tail` up to `head` (modulo LINE_SIZE; tail and canon only grow, head
 * goes back when input is erased).  In canonical mode `canon` is the end of the last complete
 * line: bytes below it can be read, those from canon to head are still being edited.  A mark at a
 * byte says that a line ends there; a marked 0 is an end of file, which is never copied out.
 * In raw mode all bytes can be read, and canon and the marks mean nothing.
 *
 * All functions are called with tty->lock held and never sleep.
 */
#pragma once

#include "lib/types.h"

struct tty;
struct termios2;

#define LINE_SIZE 4096 /* a line may have 4095 bytes and its newline, as on Linux */
#define LINE_END_OF_FILE 0 /* as a byte with a mark; a 0 that was typed has none */

struct line {
	uint32_t tail, canon, head;
	int column;	  /* where the device's cursor is, for tabs */
	int canon_column; /* where it was when the current line began */
	bool literal;	  /* after ^V: the next byte is data */
	bool erasing;	  /* ECHOPRT: inside \...\/ */
	uint64_t marks[LINE_SIZE / 64];
	uint8_t buffer[LINE_SIZE];
};

/* ---- line_discipline.c ---- */
/* One byte from the device.  Returns the signal that it means for the foreground group, or 0. */
int line_receive(struct tty *tty, uint8_t byte);
/* The settings were `old` and are in tty->termios now: what is buffered changes its meaning. */
void line_settings_changed(struct tty *tty, const struct termios2 *old);

/* ---- line_buffer.c ---- */
void line_init(struct line *line);
/* Bytes that line_receive() can take without losing one. */
size_t line_room(const struct tty *tty);
/* Whether a read would find something; `polled`: VMIN bytes are wanted, as poll(2) does it. */
bool line_readable(const struct tty *tty, bool polled);
/*
 * Takes up to `room` bytes, in canonical mode at most to the end of one line, and an end of file
 * right behind them.  *line_ended: the read is complete (with 0 bytes: end of file).
 */
size_t line_take(struct tty *tty, char *to, size_t room, bool *line_ended);
size_t line_available(const struct tty *tty); /* FIONREAD */
void line_flush(struct tty *tty);	      /* forgets all input */
/* For line_discipline.c: a byte as it is; one that is data (PARMRK doubles 0xff); one, or an end of
 * file (a 0), that ends a line.  And: canonical mode was left or entered. */
void line_store(struct tty *tty, uint8_t byte);
void line_store_data(struct tty *tty, uint8_t byte);
void line_store_end(struct tty *tty, uint8_t byte);
void line_mode_changed(struct tty *tty);

/* ---- line_output.c ---- */
/* One byte to the device with OPOST's translations, by way of tty->pending. */
void line_put(struct tty *tty, uint8_t byte);
void line_put_raw(struct tty *tty, uint8_t byte);
/* Hands tty->pending to the device, unless output is stopped. */
void line_push(struct tty *tty);

/* ---- line_edit.c: echo and erasing ---- */
void line_echo(struct tty *tty, uint8_t byte);
void line_echo_data(struct tty *tty, uint8_t byte); /* before it goes into the buffer */
void line_erase(struct tty *tty, uint8_t byte);	    /* VERASE, VWERASE, VKILL */
void line_reprint(struct tty *tty);
void line_end_erasing(struct tty *tty);
