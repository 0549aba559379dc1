/* SPDX-License-Identifier: MIT */
/*
 * ansi.h - a VT100-like terminal that understands what TERM=linux sends (console_codes(4)).
 */
#pragma once

#include "drivers/screen.h"

#define ANSI_PARAMETERS 16
#define ANSI_COLUMNS_MAX 256 /* tab stops are kept for so many */

/* What the next byte is part of. */
enum ansi_state { ANSI_TEXT, ANSI_ESCAPE, ANSI_CHARSET, ANSI_SKIP_ONE, ANSI_CSI, ANSI_CSI_IGNORE,
		  ANSI_FUNCTION_KEY, ANSI_STRING, ANSI_STRING_ESCAPE, ANSI_PALETTE };

struct ansi_saved { /* ESC 7, ESC 8 */
	int x, y;
	struct screen_style style;
	bool graphics[2];
	uint8_t charset;
	bool origin;
};

struct ansi_terminal {
	struct screen screen;
	enum ansi_state state;
	int parameters[ANSI_PARAMETERS], parameter_count;
	char private_mark;	/* '?', '>' or 0: CSI ? ... */
	uint32_t rune;		/* the UTF-8 character being decoded */
	uint8_t rune_left;	/* bytes that it still lacks */
	/* In ANSI_PALETTE bytes left; in ANSI_CHARSET which set; in ANSI_STRING 0 before its first
	 * byte. */
	uint8_t skip;
	bool graphics[2];	/* G0, G1 are DEC line drawing */
	uint8_t charset;	/* 0: G0 (after SI), 1: G1 (after SO) */
	bool wrap, insert, origin, newline_mode;
	bool cursor_visible, cursor_keys; /* cursor_keys: the arrows send ESC O A, not ESC [ A */
	bool tab_stop[ANSI_COLUMNS_MAX];
	struct ansi_saved saved;
	/* The terminal's answer to a query, as if typed; or NULL.  `owner`: for the callback. */
	void (*reply)(struct ansi_terminal *terminal, const char *text, size_t bytes);
	void *owner;
};

/* `cells`: columns * rows of them, the caller's, for as long as the terminal is used.  Everything
 * as after power-on, and the screen blank; `reply` is to be set afterwards. */
void ansi_init(struct ansi_terminal *terminal, uint16_t *cells, int columns, int rows);
/* Interprets output.  Text may be cut anywhere, inside sequences and UTF-8 characters too. */
void ansi_write(struct ansi_terminal *terminal, const char *text, size_t bytes);
