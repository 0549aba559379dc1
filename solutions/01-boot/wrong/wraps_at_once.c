/* SPDX-License-Identifier: MIT */
/*
 * The line wraps as soon as its last column is written.
 *
 * symptom: an empty line after every line of exactly 80 characters
 * fails: screen_text
 * see: The screen
 */
/* in drivers/screen.c */
void screen_put(struct screen *screen, uint8_t glyph, bool wrap, bool insert)
{
	if (insert)
		screen_insert_cells(screen, 1);
	*cell(screen, screen->x, screen->y) =
		(uint16_t)(glyph | screen_attribute(&screen->style) << 8);
	if (screen->x + 1 < screen->columns) {
		screen->x++;
	} else if (wrap) {
		screen_line_feed(screen);
		screen->x = 0;
	}
}
