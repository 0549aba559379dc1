/* SPDX-License-Identifier: MIT */
/*
 * Text is mostly text: a run of printable ASCII within a row goes to the cells in one loop, with the attribute
 * made once.  The last column, after which a wrap is put off, and everything that is not plain (a sequence
 * under way, UTF-8, line drawing, insert mode) goes the general way, a byte at a time.
 *
 * saves: 65
 */
/* in drivers/ansi.c */
/* helpers */
/* Bytes written; 0: the first is not for here. */
static size_t plain_put(struct ansi_terminal *terminal, const char *text, size_t bytes)
{
	struct screen *screen = &terminal->screen;
	size_t most = min(bytes, (size_t)(screen->columns - 1 - screen->x)), done;
	uint16_t *at = screen->cells + screen->y * screen->columns + screen->x;
	uint16_t attribute;

	if (terminal->state != ANSI_TEXT || terminal->rune_left || terminal->insert ||
	    terminal->graphics[terminal->charset] || screen->wrap_pending || (uint8_t)(*text - ' ') > '~' - ' ')
		return 0;
	attribute = (uint16_t)(screen_attribute(&screen->style) << 8);
	for (done = 0; done < most && (uint8_t)(text[done] - ' ') <= '~' - ' '; done++)
		at[done] = attribute | (uint8_t)text[done];
	screen->x += (int)done;
	return done;
}

/* end of helpers */
void ansi_write(struct ansi_terminal *terminal, const char *text, size_t bytes)
{
	while (bytes) {
		size_t done = plain_put(terminal, text, bytes);

		if (!done) {
			take(terminal, (uint8_t)*text);
			done = 1;
		}
		text += done;
		bytes -= done;
	}
}
