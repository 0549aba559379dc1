/* SPDX-License-Identifier: MIT */
/*
 * screen.c - operations on a rectangle of cells; see screen.h for the model.
 *
 * Whatever is scrolled in, erased or inserted takes the current background colour, as Linux's
 * console does ("back colour erase").  Moving lines is one memmove, for lines lie one after
 * another.
 */
#include "drivers/screen.h"
#include "lib/assert.h"
#include "lib/string.h"

/* ANSI counts red 1, green 2, blue 4; VGA blue 1, green 2, red 4. */
static uint8_t vga_colour(uint8_t ansi)
{
	return (ansi & 0x0a) | (ansi & 1) << 2 | (ansi & 4) >> 2;
}

#define COLOUR_UNDERLINE 6 /* colour displays cannot underline: Linux's console shows cyan */
#define COLOUR_DIM	 8

/* Colour text mode can neither dim nor underline: a colour stands for it, and underline goes
 * first. */
uint8_t screen_attribute(const struct screen_style *style)
{
	uint8_t front = style->foreground, back = style->background, attribute;

	assert(front < 16 && back < 16);
	if (style->underline)
		front = COLOUR_UNDERLINE;
	else if (style->dim)
		front = COLOUR_DIM;
	if (style->bold)
		front |= 8;
	attribute = (uint8_t)(vga_colour(front) | vga_colour(back) << 4);
	if (style->blink)
		attribute |= 0x80;
	if (style->reverse) /* the intensities stay where they are */
		attribute = (attribute & 0x88) | ((attribute >> 4 | attribute << 4) & 0x77);
	return attribute;
}

/* What erasing leaves: the background of the moment, in its dark variant, and nothing else of the
 * style.  A blank that kept "underline" or "reverse" would show. */
static uint16_t blank(const struct screen *screen)
{
	struct screen_style style = SCREEN_STYLE_PLAIN;

	style.background = screen->style.background & 7;
	return (uint16_t)(' ' | screen_attribute(&style) << 8);
}

/* x may be one past the last column: a pointer to there is the end of a line, and is not written
 * through. */
static uint16_t *cell(const struct screen *screen, int x, int y)
{
	assert(x >= 0 && x <= screen->columns && y >= 0 && y < screen->rows);
	return screen->cells + y * screen->columns + x;
}

static int clamp(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

/* Everything is as after power-on; also used to reset, so what was on the screen is gone. */
void screen_init(struct screen *screen, uint16_t *cells, int columns, int rows)
{
	assert(cells && columns > 0 && rows > 0);
	*screen = (struct screen){
		.cells = cells,
		.columns = columns,
		.rows = rows,
		.bottom = rows,
		.style = SCREEN_STYLE_PLAIN,
	};
	screen_erase(screen, 0, 0, columns * rows);
}

void screen_move(struct screen *screen, int x, int y)
{
	screen->x = clamp(x, 0, screen->columns - 1);
	screen->y = clamp(y, 0, screen->rows - 1);
	screen->wrap_pending = false;
}

/* `count` is cut at the end of the screen: callers say "the rest" without computing it. */
void screen_erase(struct screen *screen, int x, int y, int count)
{
	uint16_t *at = cell(screen, x, y), empty = blank(screen);
	int most = screen->columns * screen->rows - (y * screen->columns + x);

	assert(most >= 0);
	for (count = clamp(count, 0, most); count; count--)
		*at++ = empty;
}

/* The source lies above its target in memory or below, and they overlap: memmove().  More than the
 * region has is the whole of it. */
void screen_scroll_up(struct screen *screen, int top, int bottom, int count)
{
	int kept;

	assert(0 <= top && top < bottom && bottom <= screen->rows);
	count = clamp(count, 0, bottom - top);
	kept = bottom - top - count;
	if (kept)
		memmove(cell(screen, 0, top), cell(screen, 0, top + count),
			(size_t)(kept * screen->columns) * sizeof(uint16_t));
	if (count)
		screen_erase(screen, 0, bottom - count, count * screen->columns);
}

void screen_scroll_down(struct screen *screen, int top, int bottom, int count)
{
	int kept;

	assert(0 <= top && top < bottom && bottom <= screen->rows);
	count = clamp(count, 0, bottom - top);
	kept = bottom - top - count;
	if (kept)
		memmove(cell(screen, 0, top + count), cell(screen, 0, top),
			(size_t)(kept * screen->columns) * sizeof(uint16_t));
	screen_erase(screen, 0, top, count * screen->columns);
}

/* Below the region the cursor moves on but never scrolls: status lines stay where they are. */
void screen_line_feed(struct screen *screen)
{
	assert(screen->top < screen->bottom && screen->bottom <= screen->rows);
	screen->wrap_pending = false;
	if (screen->y + 1 == screen->bottom)
		screen_scroll_up(screen, screen->top, screen->bottom, 1);
	else if (screen->y + 1 < screen->rows)
		screen->y++;
}

void screen_reverse_line_feed(struct screen *screen)
{
	screen->wrap_pending = false;
	if (screen->y == screen->top)
		screen_scroll_down(screen, screen->top, screen->bottom, 1);
	else if (screen->y > 0)
		screen->y--;
}

void screen_put(struct screen *screen, uint8_t glyph, bool wrap, bool insert)
{
	assert(screen->x < screen->columns && screen->y < screen->rows);
	/* The wrap is put off until there is a character to wrap: so a full last line does not
	 * scroll. */
	if (screen->wrap_pending && wrap) {
		screen_line_feed(screen);
		screen->x = 0;
	}
	screen->wrap_pending = false;
	if (insert)
		screen_insert_cells(screen, 1);
	*cell(screen, screen->x, screen->y) =
		(uint16_t)(glyph | screen_attribute(&screen->style) << 8);
	if (screen->x + 1 < screen->columns)
		screen->x++;
	else
		screen->wrap_pending = true;
}

/* What is pushed over the right edge is lost; it does not wrap into the next line. */
void screen_insert_cells(struct screen *screen, int count)
{
	uint16_t *at = cell(screen, screen->x, screen->y);
	int rest = screen->columns - screen->x;

	count = clamp(count, 0, rest);
	memmove(at + count, at, (size_t)(rest - count) * sizeof(uint16_t));
	screen_erase(screen, screen->x, screen->y, count);
	screen->wrap_pending = false;
}

void screen_delete_cells(struct screen *screen, int count)
{
	uint16_t *at = cell(screen, screen->x, screen->y);
	int rest = screen->columns - screen->x;

	assert(rest > 0);
	count = clamp(count, 0, rest);
	memmove(at, at + count, (size_t)(rest - count) * sizeof(uint16_t));
	for (at += rest - count; count; count--)
		*at++ = blank(screen);
	screen->wrap_pending = false;
}
