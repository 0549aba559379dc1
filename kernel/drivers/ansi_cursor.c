/* SPDX-License-Identifier: MIT */
/*
 * ansi_cursor.c - where the next character goes: moving the cursor, keeping it, the scroll region.
 *
 * Positions on the wire count from 1, here from 0.  The scroll region is rows `top` up to, not
 * including, `bottom`.  In origin mode rows count from its top, and the cursor cannot leave it;
 * otherwise it only stops relative moves that began inside.
 *
 * Every move ends in screen_move(), which clamps: a program cannot get the cursor off the screen.
 */
#include "drivers/ansi_csi.h"
#include "lib/assert.h"

void ansi_move_to(struct ansi_terminal *terminal, int x, int y)
{
	struct screen *screen = &terminal->screen;

	if (terminal->origin)
		y = min(y + screen->top, screen->bottom - 1);
	screen_move(screen, x, y);
}

/* Up or down, not across the margin of the region that the cursor is in. */
static void move_by_rows(struct ansi_terminal *terminal, int rows)
{
	struct screen *screen = &terminal->screen;
	/* Outside of the region the whole screen is the limit: a status line below it can be
	 * reached. */
	int low = screen->y >= screen->top ? screen->top : 0;
	int high = screen->y < screen->bottom ? screen->bottom - 1 : screen->rows - 1;

	screen_move(screen, screen->x, min(max(screen->y + rows, low), high));
}

/* Never into another line: the end of the line stops it. */
static void move_by_columns(struct ansi_terminal *terminal, int columns)
{
	screen_move(&terminal->screen, terminal->screen.x + columns, terminal->screen.y);
}

int ansi_row(const struct ansi_terminal *terminal)
{
	return terminal->screen.y - (terminal->origin ? terminal->screen.top : 0);
}

/* DECSC: also what a program would have to set again to go on writing as before. */
void ansi_cursor_save(struct ansi_terminal *terminal)
{
	terminal->saved = (struct ansi_saved){
		.x = terminal->screen.x,
		.y = terminal->screen.y,
		.style = terminal->screen.style,
		.graphics = { terminal->graphics[0], terminal->graphics[1] },
		.charset = terminal->charset,
		.origin = terminal->origin,
	};
}

/* What was never saved is the state after power-on: reset() saves that. */
void ansi_cursor_restore(struct ansi_terminal *terminal)
{
	const struct ansi_saved *saved = &terminal->saved;

	screen_move(&terminal->screen, saved->x, saved->y);
	terminal->screen.style = saved->style;
	terminal->graphics[0] = saved->graphics[0];
	terminal->graphics[1] = saved->graphics[1];
	terminal->charset = saved->charset;
	terminal->origin = saved->origin;
}

/* DECSTBM. "CSI r" without parameters is the whole screen; the cursor goes home in any case. */
void ansi_set_scroll_region(struct ansi_terminal *terminal)
{
	struct screen *screen = &terminal->screen;
	int top = ansi_count(terminal, 0) - 1, bottom = ansi_parameter(terminal, 1);

	if (!bottom || bottom > screen->rows)
		bottom = screen->rows;
	/* A region of one line cannot scroll; Linux ignores the request. */
	if (top + 1 >= bottom)
		return;
	screen->top = top;
	screen->bottom = bottom;
	assert(0 <= screen->top && screen->top < screen->bottom);
	ansi_move_to(terminal, 0, 0);
}

/* Sequences of ECMA-48 (CUU, CUD, CUF, CUB, CNL, CPL, CHA, CUP, VPA) and their older twins (VPR e,
 * HPR a, HPA `, HVP f), which programs still send; s and u are SCO's for ESC 7 and ESC 8. */
bool ansi_csi_move(struct ansi_terminal *terminal, char letter)
{
	switch (letter) {
	case 'A':
		move_by_rows(terminal, -ansi_count(terminal, 0));
		return true;
	case 'B':
	case 'e':
		move_by_rows(terminal, ansi_count(terminal, 0));
		return true;
	case 'C':
	case 'a':
		move_by_columns(terminal, ansi_count(terminal, 0));
		return true;
	case 'D':
		move_by_columns(terminal, -ansi_count(terminal, 0));
		return true;
	case 'E':
	case 'F':
		move_by_rows(terminal, letter == 'E' ? ansi_count(terminal, 0)
						     : -ansi_count(terminal, 0));
		move_by_columns(terminal, -terminal->screen.x);
		return true;
	case 'G':
	case '`':
		screen_move(&terminal->screen, ansi_count(terminal, 0) - 1, terminal->screen.y);
		return true;
	case 'H':
	case 'f':
		ansi_move_to(terminal, ansi_count(terminal, 1) - 1, ansi_count(terminal, 0) - 1);
		return true;
	case 'd':
		ansi_move_to(terminal, terminal->screen.x, ansi_count(terminal, 0) - 1);
		return true;
	case 's':
		ansi_cursor_save(terminal);
		return true;
	case 'u':
		ansi_cursor_restore(terminal);
		return true;
	}
	return false;
}
