/* SPDX-License-Identifier: MIT */
/* in drivers/screen.c */
/*
 * screen_attribute - the VGA's attribute byte for a style.
 *
 * Bits 0-2 foreground, bit 3 bright foreground, bits 4-6 background, bit 7 (blink, which this
 * screen shows as a bright background).  vga_colour() turns ANSI's colour numbers into VGA's.
 * What the screen cannot show becomes a colour, as on Linux: underlined text is COLOUR_UNDERLINE,
 * else dim text is COLOUR_DIM.  Bold makes the foreground bright.  Reverse exchanges the two
 * colours, but bits 3 and 7 stay where they are (console_codes(4); Linux's vgacon does the same).
 *
 * Hint 1: decide the foreground number first, then make the byte, then blink, then reverse.
 * Hint 2: reversing is a swap of two groups of three bits, under the mask 0x77.
 */
uint8_t screen_attribute(const struct screen_style *style)
{
	exercise("screen_attribute");
}
