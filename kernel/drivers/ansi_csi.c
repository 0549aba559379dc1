/* SPDX-License-Identifier: MIT */
/*
 * ansi_csi.c - the control sequences that change cells and modes, and those that are answered; the
 * cursor's are in ansi_cursor.c, colours in ansi_style.c.
 *
 * A parameter that is missing or 0 means 1 for counts, 0 for selections.  After everything that
 * erases or shifts, the next character goes where the cursor is: a wrap that was put off is off.
 *
 * What is not known is ignored, as by Linux's console: programs probe terminals by sequences and
 * rely on getting no garbage. Queries with a private mark are not answered.
 */
#include "drivers/ansi_csi.h"
#include "lib/assert.h"
#include "lib/printf.h"
#include "lib/string.h"

/* ---- erasing, inserting, deleting ---- */

/* ED: 0 from the cursor on, 1 up to and with the cursor, 2 and 3 everything (3 would also erase a
 * scroll-back, which there is none of). The cursor does not move. */
static void erase_display(struct ansi_terminal *terminal)
{
	struct screen *screen = &terminal->screen;
	int at = screen->y * screen->columns + screen->x, all = screen->columns * screen->rows;

	switch (ansi_parameter(terminal, 0)) {
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

	switch (ansi_parameter(terminal, 0)) {
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
		     min(ansi_count(terminal, 0), screen->columns - screen->x));
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
		screen_scroll_down(screen, screen->y, screen->bottom, ansi_count(terminal, 0));
	else
		screen_scroll_up(screen, screen->y, screen->bottom, ansi_count(terminal, 0));
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
		ansi_move_to(terminal, 0, 0);
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
		int mode = ansi_parameter(terminal, i);

		if (terminal->private_mark == '?')
			set_private_mode(terminal, mode, on);
		else if (mode == 4)
			terminal->insert = on;
		else if (mode == 20)
			terminal->newline_mode = on;
	}
}

/* TBC: 0 the one at the cursor, 3 all. */
static void clear_tab_stops(struct ansi_terminal *terminal)
{
	if (ansi_parameter(terminal, 0) == 0)
		terminal->tab_stop[terminal->screen.x] = false;
	else if (ansi_parameter(terminal, 0) == 3)
		memset(terminal->tab_stop, 0, sizeof(terminal->tab_stop));
}

/* ---- reports ---- */

/* Where nobody listens (the log's console before the terminals are up) questions stay
 * unanswered. */
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
	if (ansi_parameter(terminal, 0) == 5)
		reply(terminal, "\033[0n");
	if (ansi_parameter(terminal, 0) != 6)
		return;
	snprintf(text, sizeof(text), "\033[%d;%dR", ansi_row(terminal) + 1,
		 terminal->screen.x + 1);
	reply(terminal, text);
}

/* ---- the letters ---- */

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
		screen_insert_cells(screen, ansi_count(terminal, 0));
		return true;
	case 'P':
		screen_delete_cells(screen, ansi_count(terminal, 0));
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
	if (terminal->private_mark || ansi_csi_move(terminal, letter) || csi_edit(terminal, letter))
		return;
	switch (letter) {
	case 'm':
		ansi_select_style(terminal);
		break;
	case 'r':
		ansi_set_scroll_region(terminal);
		break;
	case 'g':
		clear_tab_stops(terminal);
		break;
	case 'c':
		if (ansi_parameter(terminal, 0) == 0)
			ansi_identify(terminal);
		break;
	case 'n':
		report_status(terminal);
		break;
	}
}
