/* SPDX-License-Identifier: MIT */
/*
 * ansi_csi.c - the control sequences: cursor, erasing, inserting, colours, modes, reports.
 *
 * A parameter that is missing or 0 means 1 for counts and positions, 0 for selections.  Positions
 * on the wire count from 1; in origin mode rows count from the scroll region's top, and the cursor
 * cannot leave it.
 *
 * What is not known is ignored, as by Linux's console: programs probe terminals by sequences and
 * rely on getting no garbage. Queries with a private mark are not answered.
 */
#include "drivers/ansi_csi.h"
#include "lib/assert.h"
#include "lib/printf.h"
#include "lib/string.h"

static int parameter(const struct ansi_terminal *terminal, int index)
{
	return index < terminal->parameter_count ? terminal->parameters[index] : 0;
}

static int count(const struct ansi_terminal *terminal, int index)
{
	return max(parameter(terminal, index), 1);
}

/* ---- the cursor ---- */

/* To a position as the program counts, both from 0. */
static void move_to(struct ansi_terminal *terminal, int x, int y)
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

static void move_by_columns(struct ansi_terminal *terminal, int columns)
{
	screen_move(&terminal->screen, terminal->screen.x + columns, terminal->screen.y);
}

static int row_as_counted(const struct ansi_terminal *terminal)
{
	return terminal->screen.y - (terminal->origin ? terminal->screen.top : 0);
}

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
static void set_scroll_region(struct ansi_terminal *terminal)
{
	struct screen *screen = &terminal->screen;
	int top = count(terminal, 0) - 1, bottom = parameter(terminal, 1);

	if (!bottom || bottom > screen->rows)
		bottom = screen->rows;
	/* A region of one line cannot scroll; Linux ignores the request. */
	if (top + 1 >= bottom)
		return;
	screen->top = top;
	screen->bottom = bottom;
	assert(0 <= screen->top && screen->top < screen->bottom);
	move_to(terminal, 0, 0);
}

/* ---- erasing, inserting, deleting ---- */

/* ED: 0 from the cursor on, 1 up to and with the cursor, 2 and 3 everything (3 would also erase a
 * scroll-back, which there is none of). The cursor does not move. */
static void erase_display(struct ansi_terminal *terminal)
{
	struct screen *screen = &terminal->screen;
	int at = screen->y * screen->columns + screen->x, all = screen->columns * screen->rows;

	switch (parameter(terminal, 0)) {
	case 0:
		screen_erase(screen, screen->x, screen->y, all - at);
		break;
	case 1:
		screen_erase(screen, 0, 0, at + 1);
		break;
	case 2:
	case 3:
		screen_erase(screen, 0, 0, all);
		break;
	}
	screen->wrap_pending = false;
}

/* EL, with the same three choices, within the cursor's line. */
static void erase_line(struct ansi_terminal *terminal)
{
	struct screen *screen = &terminal->screen;

	switch (parameter(terminal, 0)) {
	case 0:
		screen_erase(screen, screen->x, screen->y, screen->columns - screen->x);
		break;
	case 1:
		screen_erase(screen, 0, screen->y, screen->x + 1);
		break;
	case 2:
		screen_erase(screen, 0, screen->y, screen->columns);
		break;
	}
	screen->wrap_pending = false;
}

/* ECH: cells become blank where they are; DCH, below, closes the gap. */
static void erase_cells(struct ansi_terminal *terminal)
{
	struct screen *screen = &terminal->screen;

	screen_erase(screen, screen->x, screen->y,
		     min(count(terminal, 0), screen->columns - screen->x));
	screen->wrap_pending = false;
}

/* Lines from the cursor's on, within the scroll region. */
static void shift_lines(struct ansi_terminal *terminal, bool insert)
{
	struct screen *screen = &terminal->screen;

	assert(screen->bottom <= screen->rows);
	if (screen->y < screen->top || screen->y >= screen->bottom)
		return;
	if (insert)
		screen_scroll_down(screen, screen->y, screen->bottom, count(terminal, 0));
	else
		screen_scroll_up(screen, screen->y, screen->bottom, count(terminal, 0));
	screen->wrap_pending = false;
}

/* ---- modes ---- */

/* DEC's modes: 1 cursor keys send ESC O, 6 rows count from the scroll region, 7 automatic wrap, 25
 * the cursor shows. Others (mouse reports, bracketed paste ...) are not there. */
static void set_private_mode(struct ansi_terminal *terminal, int mode, bool on)
{
	switch (mode) {
	case 1:
		terminal->cursor_keys = on;
		break;
	case 6:
		terminal->origin = on;
		move_to(terminal, 0, 0);
		break;
	case 7:
		terminal->wrap = on;
		break;
	case 25:
		terminal->cursor_visible = on;
		break;
	}
}

/* ECMA-48's: 4 insert, 20 a newline also returns. One sequence may name several. */
static void set_modes(struct ansi_terminal *terminal, bool on)
{
	for (int i = 0; i < terminal->parameter_count; i++) {
		int mode = parameter(terminal, i);

		if (terminal->private_mark == '?')
			set_private_mode(terminal, mode, on);
		else if (mode == 4)
			terminal->insert = on;
		else if (mode == 20)
			terminal->newline_mode = on;
	}
}

static void clear_tab_stops(struct ansi_terminal *terminal)
{
	if (parameter(terminal, 0) == 0)
		terminal->tab_stop[terminal->screen.x] = false;
	else if (parameter(terminal, 0) == 3)
		memset(terminal->tab_stop, 0, sizeof(terminal->tab_stop));
}

/* ---- reports ---- */

static void reply(struct ansi_terminal *terminal, const char *text)
{
	if (terminal->reply)
		terminal->reply(terminal, text, strlen(text));
}

/* "I am a VT102": what Linux's console answers, and so what TERM=linux has been tested with. */
void ansi_identify(struct ansi_terminal *terminal)
{
	reply(terminal, "\033[?6c");
}

static void report_status(struct ansi_terminal *terminal)
{
	char text[32];

	/* DSR: 5 asks whether the terminal is well ("0": yes), 6 where the cursor is. */
	if (parameter(terminal, 0) == 5)
		reply(terminal, "\033[0n");
	if (parameter(terminal, 0) != 6)
		return;
	snprintf(text, sizeof(text), "\033[%d;%dR", row_as_counted(terminal) + 1,
		 terminal->screen.x + 1);
	reply(terminal, text);
}

/* ---- the letters ---- */

/* Those that move the cursor; false: another letter. */
static bool csi_move(struct ansi_terminal *terminal, char letter)
{
	switch (letter) {
	case 'A':
		move_by_rows(terminal, -count(terminal, 0));
		return true;
	case 'B':
	case 'e':
		move_by_rows(terminal, count(terminal, 0));
		return true;
	case 'C':
	case 'a':
		move_by_columns(terminal, count(terminal, 0));
		return true;
	case 'D':
		move_by_columns(terminal, -count(terminal, 0));
		return true;
	case 'E':
	case 'F':
		move_by_rows(terminal, letter == 'E' ? count(terminal, 0) : -count(terminal, 0));
		move_by_columns(terminal, -terminal->screen.x);
		return true;
	case 'G':
	case '`':
		screen_move(&terminal->screen, count(terminal, 0) - 1, terminal->screen.y);
		return true;
	case 'H':
	case 'f':
		move_to(terminal, count(terminal, 1) - 1, count(terminal, 0) - 1);
		return true;
	case 'd':
		move_to(terminal, terminal->screen.x, count(terminal, 0) - 1);
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

/* Those that change cells; false: another letter. */
static bool csi_edit(struct ansi_terminal *terminal, char letter)
{
	struct screen *screen = &terminal->screen;

	switch (letter) {
	case 'J':
		erase_display(terminal);
		return true;
	case 'K':
		erase_line(terminal);
		return true;
	case 'X':
		erase_cells(terminal);
		return true;
	case 'L':
	case 'M':
		shift_lines(terminal, letter == 'L');
		return true;
	case '@':
		screen_insert_cells(screen, count(terminal, 0));
		return true;
	case 'P':
		screen_delete_cells(screen, count(terminal, 0));
		return true;
	}
	return false;
}

/* Letters in three groups, so that each function can be read at a glance: those that move the
 * cursor, those that change cells, and the rest. */
void ansi_csi(struct ansi_terminal *terminal, char letter)
{
	assert(terminal->parameter_count > 0 && terminal->parameter_count <= ANSI_PARAMETERS);
	if (letter == 'h' || letter == 'l') {
		set_modes(terminal, letter == 'h');
		return;
	}
	if (terminal->private_mark || csi_move(terminal, letter) || csi_edit(terminal, letter))
		return;
	switch (letter) {
	case 'm':
		ansi_select_style(terminal);
		break;
	case 'r':
		set_scroll_region(terminal);
		break;
	case 'g':
		clear_tab_stops(terminal);
		break;
	case 'c':
		if (parameter(terminal, 0) == 0)
			ansi_identify(terminal);
		break;
	case 'n':
		report_status(terminal);
		break;
	}
}
