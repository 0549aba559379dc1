/* SPDX-License-Identifier: MIT */
/*
 * screen.h - a rectangle of character cells with a cursor: what ansi.c draws on.
 *
 * The cells are plain memory in VGA's text format (character in the low byte, attribute in the high
 * one), so the same code serves the real screen and an array in a test.  Coordinates count from 0;
 * nothing here ever leaves the rectangle.  No locks: the owner of the screen serialises.
 */
#pragma once

#include "lib/types.h"

struct screen_style {
	uint8_t foreground, background; /* ANSI colours 0-15 */
	bool bold, dim, underline, blink, reverse;
};

struct screen {
	uint16_t *cells;
	int columns, rows;
	int x, y;		 /* the cursor: 0 <= x < columns, 0 <= y < rows */
	bool wrap_pending;	 /* the last column was written: the next character wraps first */
	int top, bottom;	 /* the scroll region: rows top up to, not including, bottom */
	struct screen_style style;
};

#define SCREEN_STYLE_PLAIN { .foreground = 7, .background = 0 }

void screen_init(struct screen *screen, uint16_t *cells, int columns, int rows);

/* The attribute byte for a style, and the cell that erasing leaves. */
uint8_t screen_attribute(const struct screen_style *style);

/* Clamps to the rectangle. */
void screen_move(struct screen *screen, int x, int y);
/* Writes one character of the font at the cursor and advances; `wrap`: into the next line. */
void screen_put(struct screen *screen, uint8_t glyph, bool wrap, bool insert);
/* Cursor one line down or up; at the scroll region's edge the region scrolls instead. */
void screen_line_feed(struct screen *screen);
void screen_reverse_line_feed(struct screen *screen);
/* The region's lines move up (down) by `count`, blank ones come in. */
void screen_scroll_up(struct screen *screen, int top, int bottom, int count);
void screen_scroll_down(struct screen *screen, int top, int bottom, int count);
/* Erases `count` cells from (x, y) on, across line ends. */
void screen_erase(struct screen *screen, int x, int y, int count);
/* In the cursor's line: cells from the cursor on move right / left by `count`. */
void screen_insert_cells(struct screen *screen, int count);
void screen_delete_cells(struct screen *screen, int count);
