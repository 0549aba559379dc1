/* SPDX-License-Identifier: MIT */
/* lines.c - the challenge: 500 lines on the text screen, most of them shorter than a row, some longer, with colours. */
#include "arch/arch.h"
#include "drivers/vga.h"
#include "ktest.h"
#include "lib/string.h"

#define LINES 500

static void draw(const char *text)
{
	vga_write(text, strlen(text));
}

/* The screen as a number, so that every cell counts: FNV-1a. */
static uint64_t screen_hash(void)
{
	const volatile uint16_t *cells = direct_map(0xb8000);
	uint64_t hash = 0xcbf29ce484222325;

	for (int i = 0; i < VGA_COLUMNS * VGA_ROWS; i++)
		hash = (hash ^ cells[i]) * 0x100000001b3;
	return hash;
}

static void lines(void)
{
	char text[100];

	draw("\033[0m\033[2J\033[H");
	for (unsigned i = 0; i < LINES; i++) {
		unsigned count = 10 + (unsigned)ktest_random_below(90);

		for (unsigned at = 0; at < count; at++)
			text[at] = (char)('!' + (i + at) % 94);
		if (i % 4 == 0)
			draw(i % 8 ? "\033[1;32m" : "\033[0m");
		vga_write(text, count);
		draw("\r\n");
	}
	observe("screen=%lx", screen_hash());
}
KTEST(lines);
