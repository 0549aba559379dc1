/* SPDX-License-Identifier: MIT */
/*
 * The screen scrolls one line too late: from below the last one, where the cursor never is.
 *
 * symptom: a full screen stands still, and the last line is written over and over
 * fails: screen_text
 * see: The screen
 */
/* in drivers/screen.c */
void screen_line_feed(struct screen *screen)
{
	screen->wrap_pending = false;
	if (screen->y == screen->bottom)
		screen_scroll_up(screen, screen->top, screen->bottom, 1);
	else if (screen->y + 1 < screen->rows)
		screen->y++;
}
