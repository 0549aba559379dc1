/* SPDX-License-Identifier: MIT */
/*
 * Reverse exchanges the two halves of the attribute, intensities included.
 *
 * symptom: bold text that is reversed blinks
 * fails: screen_colours
 * see: The screen
 */
/* in drivers/screen.c */
uint8_t screen_attribute(const struct screen_style *style)
{
	uint8_t front = style->foreground, back = style->background, attribute;

	if (style->underline)
		front = COLOUR_UNDERLINE;
	else if (style->dim)
		front = COLOUR_DIM;
	if (style->bold)
		front |= 8;
	attribute = (uint8_t)(vga_colour(front) | vga_colour(back) << 4);
	if (style->blink)
		attribute |= 0x80;
	if (style->reverse)
		attribute = (uint8_t)(attribute >> 4 | attribute << 4);
	return attribute;
}
