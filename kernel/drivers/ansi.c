/* SPDX-License-Identifier: MIT */
/*
 * ansi.c - the interpreter of terminal output: text, control characters, escape sequences.
 *
 * A state machine takes one byte at a time, so a sequence may be cut anywhere between two writes.
 * Most bytes are text in the state ANSI_TEXT.  ESC opens a sequence; "ESC [" (CSI) is followed by
 * decimal parameters and one letter, which ansi_csi.c carries out.  Control characters work in the
 * middle of sequences, too.  What is not understood is swallowed whole, never printed.
 *
 * Reference: console_codes(4); ECMA-48.  Bytes from 0x80 on are UTF-8, never ECMA-48's C1 controls:
 * both cannot be had, and text comes first.
 *
 * Who may call: the owner of the screen, with interrupts off or a lock of its own; nothing here
 * sleeps, allocates or fails. Answers to queries go out through terminal->reply at once, in the
 * midst of ansi_write(): the callback must not write to the terminal.
 */
#include "drivers/ansi.h"
#include "drivers/ansi_csi.h"
#include "drivers/glyphs.h"
#include "lib/assert.h"
#include "lib/string.h"

#define BELL	   0x07
#define SHIFT_OUT  0x0e
#define SHIFT_IN   0x0f
#define CANCEL	   0x18
#define SUBSTITUTE 0x1a
#define ESCAPE	   0x1b
#define DELETE	   0x7f
#define PALETTE_DIGITS 7

/* The state after power-on (RIS): tab stops every eight columns, line drawing in G1 only, wrap
 * on. */
static void reset(struct ansi_terminal *terminal)
{
	terminal->state = ANSI_TEXT;
	terminal->rune_left = 0;
	terminal->graphics[0] = false;
	terminal->graphics[1] = true;
	terminal->charset = 0;
	terminal->wrap = true;
	terminal->insert = terminal->origin = terminal->newline_mode = false;
	terminal->cursor_visible = true;
	terminal->cursor_keys = false;
	for (int x = 0; x < ANSI_COLUMNS_MAX; x++)
		terminal->tab_stop[x] = x && x % 8 == 0;
	screen_init(&terminal->screen, terminal->screen.cells, terminal->screen.columns,
		    terminal->screen.rows);
	ansi_cursor_save(terminal);
}

void ansi_init(struct ansi_terminal *terminal, uint16_t *cells, int columns, int rows)
{
	assert(columns > 0 && columns <= ANSI_COLUMNS_MAX && rows > 0);
	*terminal = (struct ansi_terminal){
		.screen = { .cells = cells, .columns = columns, .rows = rows },
	};
	reset(terminal);
}

/* ---- text ---- */

/* DEC's line drawing replaces ASCII only: a character that was spelled out in UTF-8 is meant. */
static void put_rune(struct ansi_terminal *terminal, uint32_t rune)
{
	uint8_t glyph = glyph_of(rune);

	if (rune < 0x80 && terminal->graphics[terminal->charset])
		glyph = glyph_of_graphics((uint8_t)rune);
	screen_put(&terminal->screen, glyph, terminal->wrap, terminal->insert);
}

/* Takes a byte with the high bit set.  Malformed sequences show as one block each. */
static void take_utf8(struct ansi_terminal *terminal, uint8_t byte)
{
	assert(byte >= 0x80 && terminal->rune_left <= 3);
	if ((byte & 0xc0) == 0x80) {
		if (!terminal->rune_left) {
			put_rune(terminal, 0xfffd);
			return;
		}
		terminal->rune = terminal->rune << 6 | (byte & 0x3f);
		if (!--terminal->rune_left)
			put_rune(terminal, terminal->rune);
		return;
	}
	/* A character that a new one interrupts was malformed: it must leave a trace, or text
	 * would silently get lost. */
	if (terminal->rune_left || byte >= 0xf8)
		put_rune(terminal, 0xfffd);
	terminal->rune_left = byte >= 0xf8 ? 0 : byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;
	terminal->rune = byte & (0x3f >> terminal->rune_left);
}

/* ASCII in the midst of a character means that this one was cut off: it shows as a block, and the
 * ASCII is not lost. */
static void take_text(struct ansi_terminal *terminal, uint8_t byte)
{
	if (byte >= 0x80) {
		take_utf8(terminal, byte);
		return;
	}
	if (terminal->rune_left) {
		terminal->rune_left = 0;
		put_rune(terminal, 0xfffd);
	}
	put_rune(terminal, byte);
}

/* ---- control characters ---- */

static void tabulate(struct ansi_terminal *terminal)
{
	struct screen *screen = &terminal->screen;
	int x = screen->x + 1;

	assert(screen->columns <= ANSI_COLUMNS_MAX);
	/* The last column stops every tab, whether a stop is set there or not. */
	while (x < screen->columns - 1 && !terminal->tab_stop[x])
		x++;
	screen_move(screen, x, screen->y);
}

/* Backspace stops at the left margin, newline keeps the column (the tty makes CR LF of it), CAN
 * and SUB end a sequence. */
static void take_control(struct ansi_terminal *terminal, uint8_t byte)
{
	struct screen *screen = &terminal->screen;

	switch (byte) {
	case '\b':
		screen_move(screen, screen->x - 1, screen->y);
		break;
	case '\t':
		tabulate(terminal);
		break;
	case '\n':
	case '\v':
	case '\f':
		screen_line_feed(screen);
		if (terminal->newline_mode)
			screen->x = 0;
		break;
	case '\r':
		screen_move(screen, 0, screen->y);
		break;
	case SHIFT_OUT:
		terminal->charset = 1;
		break;
	case SHIFT_IN:
		terminal->charset = 0;
		break;
	case CANCEL:
	case SUBSTITUTE:
		terminal->state = ANSI_TEXT;
		break;
	case ESCAPE:
		terminal->state = ANSI_ESCAPE;
		break;
	default: /* bell, and what no terminal acts on */
		break;
	}
}

/* ---- escape sequences ---- */

/* Parameters start as 0, so those that never come are 0 as well. */
static void csi_open(struct ansi_terminal *terminal)
{
	terminal->state = ANSI_CSI;
	terminal->private_mark = 0;
	terminal->parameter_count = 0;
	memset(terminal->parameters, 0, sizeof(terminal->parameters));
}

/* The byte behind ESC. All sequences but a few are complete with it. */
static void take_escape(struct ansi_terminal *terminal, uint8_t byte)
{
	struct screen *screen = &terminal->screen;

	terminal->state = ANSI_TEXT;
	switch (byte) {
	case '[':
		csi_open(terminal);
		break;
	case ']': /* an operating-system command; ESC ] P and R are Linux's palette */
		terminal->state = ANSI_STRING;
		terminal->skip = 0;
		break;
	case 'P': /* device control, privacy message, application command: strings, too */
	case '^':
	case '_':
		terminal->state = ANSI_STRING;
		terminal->skip = 1;
		break;
	case '(': /* which set is G0; ')': G1 */
	case ')':
		terminal->state = ANSI_CHARSET;
		terminal->skip = byte == ')';
		break;
	case '%': /* UTF-8 on or off, and the alignment test: one more byte */
	case '#':
		terminal->state = ANSI_SKIP_ONE;
		break;
	case '7':
		ansi_cursor_save(terminal);
		break;
	case '8':
		ansi_cursor_restore(terminal);
		break;
	case 'D': /* IND */
		screen_line_feed(screen);
		break;
	case 'E': /* NEL */
		screen_line_feed(screen);
		screen->x = 0;
		break;
	case 'H': /* HTS */
		terminal->tab_stop[screen->x] = true;
		break;
	case 'M': /* RI */
		screen_reverse_line_feed(screen);
		break;
	case 'Z': /* DECID */
		ansi_identify(terminal);
		break;
	case 'c': /* RIS */
		reset(terminal);
		break;
	default:
		break;
	}
}

/* Parameters gather digit by digit and are cut at 9999, so that no arithmetic with them overflows.
 * More than 16 of them are dropped. */
static void take_csi(struct ansi_terminal *terminal, uint8_t byte)
{
	int last = terminal->parameter_count;

	assert(last <= ANSI_PARAMETERS);
	if (byte >= '0' && byte <= '9') {
		if (last < ANSI_PARAMETERS)
			terminal->parameters[last] =
				min(terminal->parameters[last] * 10 + byte - '0', 9999);
	} else if (byte == ';' || byte == ':') {
		terminal->parameter_count = min(last + 1, ANSI_PARAMETERS);
	} else if (byte == '[' && !last && !terminal->parameters[0]) {
		terminal->state = ANSI_FUNCTION_KEY; /* a function key's echo: ESC [ [ A */
	} else if (byte >= '<' && byte <= '?') {
		terminal->private_mark = (char)byte;
	} else if (byte >= ' ' && byte <= '/') {
		terminal->state = ANSI_CSI_IGNORE; /* an intermediate byte: none is known */
	} else if (byte >= '@') {
		terminal->state = ANSI_TEXT;
		terminal->parameter_count = min(last + 1, ANSI_PARAMETERS);
		ansi_csi(terminal, (char)byte);
	}
}

/* Strings end at BEL or ESC \; the palette commands right after "ESC ]" have their own length. */
static void take_string(struct ansi_terminal *terminal, uint8_t byte)
{
	bool first = terminal->skip == 0;

	terminal->skip = 1;
	if (first && byte == 'R') {
		terminal->state = ANSI_TEXT;
	} else if (first && byte == 'P') {
		terminal->state = ANSI_PALETTE;
		terminal->skip = PALETTE_DIGITS;
	} else if (byte == BELL) {
		terminal->state = ANSI_TEXT;
	} else if (byte == ESCAPE) {
		terminal->state = ANSI_STRING_ESCAPE;
	}
}

/* DEL is ignored everywhere, as on a VT100: paper tape is the reason. */
static void take(struct ansi_terminal *terminal, uint8_t byte)
{
	bool in_string = terminal->state == ANSI_STRING;

	/* In strings BEL and ESC have meanings of their own. */
	if (byte < ' ' && !in_string) {
		take_control(terminal, byte);
		return;
	}
	if (byte == DELETE)
		return;
	switch (terminal->state) {
	case ANSI_TEXT:
		take_text(terminal, byte);
		break;
	case ANSI_ESCAPE:
		take_escape(terminal, byte);
		break;
	case ANSI_CHARSET:
		assert(terminal->skip < array_size(terminal->graphics));
		terminal->graphics[terminal->skip] = byte == '0';
		terminal->state = ANSI_TEXT;
		break;
	case ANSI_CSI:
		take_csi(terminal, byte);
		break;
	case ANSI_CSI_IGNORE:
		if (byte >= '@')
			terminal->state = ANSI_TEXT;
		break;
	case ANSI_STRING:
		take_string(terminal, byte);
		break;
	case ANSI_PALETTE:
		assert(terminal->skip > 0);
		if (!--terminal->skip)
			terminal->state = ANSI_TEXT;
		break;
	case ANSI_STRING_ESCAPE:
	case ANSI_SKIP_ONE:
	case ANSI_FUNCTION_KEY:
		terminal->state = ANSI_TEXT;
		break;
	}
}

void ansi_write(struct ansi_terminal *terminal, const char *text, size_t bytes)
{
	while (bytes--)
		take(terminal, (uint8_t)*text++);
}
