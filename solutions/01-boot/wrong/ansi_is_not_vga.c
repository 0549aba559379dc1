/* SPDX-License-Identifier: MIT */
/*
 * ANSI's colour numbers go to the screen as they are.
 *
 * symptom: what should be red is blue
 * fails: screen_colours
 * see: The screen
 */
/* in drivers/screen.c */
static uint8_t vga_colour(uint8_t ansi)
{
	return ansi;
}
