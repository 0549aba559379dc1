/* SPDX-License-Identifier: MIT */
/* in drivers/screen.c */
/*
 * screen_put - one character at the cursor, which moves on.
 *
 * A cell is 16 bits: glyph below, screen_attribute() above.  Invariant: 0 <= x < columns, also
 * after the last column was written: then the cursor stays there with wrap_pending set, and only
 * the next character wraps (VT100; a full last line must not scroll).  Without `wrap` that next
 * character overwrites the last column.  `insert`: the rest of the line first moves right
 * (screen_insert_cells()).
 *
 * Hint 1: cell(screen, x, y) is where it goes; screen_line_feed() goes down, perhaps scrolls.
 * Hint 2: a pending wrap is over when this function is entered, whatever comes of it.
 * Parsons: put in order - wrap_pending = false / *cell(...) = ... / if (insert) ... /
 *	if (wrap_pending && wrap) line feed, x = 0 / if (x + 1 < columns) x++, else wrap_pending
 */
void screen_put(struct screen *screen, uint8_t glyph, bool wrap, bool insert)
{
	exercise("screen_put");
}
