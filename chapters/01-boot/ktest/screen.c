/* SPDX-License-Identifier: MIT */
/*
 * screen.c - draws at random on the VGA's text screen and reads its memory back.  The model of a
 * terminal on the host (tests/screen_model.py) draws the same.
 */
#include "arch/arch.h"
#include "arch/io.h"
#include "drivers/vga.h"
#include "ktest.h"
#include "lib/printf.h"
#include "lib/string.h"

static void draw(const char *text)
{
	vga_write(text, strlen(text));
}

static void draw_random_text(unsigned most)
{
	unsigned count = 1 + (unsigned)ktest_random_below(most);
	char text[128];

	for (unsigned i = 0; i < count; i++)
		text[i] = (char)('!' + ktest_random_below(94));
	vga_write(text, count);
}

static uint16_t cursor_read(void)
{
	uint8_t high, low;

	outb(0x3d4, 0x0e);
	high = inb(0x3d5);
	outb(0x3d4, 0x0f);
	low = inb(0x3d5);
	return (uint16_t)(high << 8 | low);
}

/* Each row as its text, then its attributes in runs. */
static void observe_screen(bool attributes)
{
	const volatile uint16_t *cells = direct_map(0xb8000);
	char text[VGA_COLUMNS + 1], hex[2 * VGA_COLUMNS + 1];

	for (int y = 0; y < VGA_ROWS; y++) {
		for (int x = 0; x < VGA_COLUMNS; x++) {
			text[x] = (char)cells[y * VGA_COLUMNS + x];
			snprintf(hex + 2 * x, 3, "%02x", cells[y * VGA_COLUMNS + x] >> 8);
		}
		text[VGA_COLUMNS] = 0;
		observe("row%02d=%s", y, text);
		if (attributes)
			observe("attributes%02d=%s", y, hex);
	}
	observe("cursor=%u", cursor_read());
}

static void screen_text(void)
{
	draw("\033[2J\033[H");
	for (int i = 0; i < 60; i++) {
		draw_random_text(100);
		switch (ktest_random_below(5)) {
		case 0:
			draw("\n");
			break;
		case 1:
			draw("\r");
			break;
		case 2:
			draw("\b\b");
			break;
		case 3:
			draw("\t");
			break;
		default:
			draw("\r\n");
			break;
		}
	}
	observe_screen(false);
}
KTEST(screen_text);

static void screen_colours(void)
{
	static const uint64_t colours[] = { 30, 40, 90, 100 }; /* the first of eight each */
	static const int styles[] = { 0, 1, 2, 4, 5, 7, 22, 24, 25, 27, 39, 49 };
	char text[32];

	draw("\033[2J\033[H");
	for (int i = 0; i < 120; i++) {
		uint64_t choice = ktest_random_below(array_size(colours) + 4);
		bool is_colour = choice < array_size(colours);
		uint64_t number = ktest_random_below(is_colour ? 8 : array_size(styles));

		snprintf(text, sizeof(text), "\033[%lum",
			 is_colour ? colours[choice] + number : (uint64_t)styles[number]);
		draw(text);
		draw_random_text(30);
	}
	draw("\033[m");
	observe_screen(true);
}
KTEST(screen_colours);

static void screen_moves(void)
{
	static const char *const erasures[] = { "\033[K", "\033[1K", "\033[2K", "\033[J", "\033[1J" };
	char text[32];

	draw("\033[2J\033[H");
	for (int i = 0; i < 160; i++) {
		uint64_t choice = ktest_random_below(i < 120 ? 5 : 4); /* at last, nothing goes */
		uint64_t a = 1 + ktest_random_below(30), b = 1 + ktest_random_below(90);

		if (choice < 2)
			snprintf(text, sizeof(text), "\033[%lu;%luH", a, b);
		else if (choice == 2)
			snprintf(text, sizeof(text), "\033[%lu%c", a % 9 + 1, (char)('A' + b % 4));
		else if (choice == 3)
			snprintf(text, sizeof(text), "\033[4%c", b % 2 ? 'h' : 'l'); /* inserting */
		else
			snprintf(text, sizeof(text), "%s", erasures[b % array_size(erasures)]);
		draw(text);
		draw_random_text(40);
	}
	observe_screen(false);
}
KTEST(screen_moves);
