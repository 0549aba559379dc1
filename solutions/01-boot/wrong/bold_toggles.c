/* SPDX-License-Identifier: MIT */
/*
 * Bold and blink exchange a bit instead of setting it.
 *
 * symptom: bold text in a bright colour is dark
 * fails: screen_colours
 * see: The screen
 */
/* in drivers/screen.c */
uint8_t screen_attribute(const struct screen_style *style)
{
	uint8_t front = style->foreground, back = style->background, attribute;

	assert(front < 16 && back < 16);
	if (style->underline)
		front = COLOUR_UNDERLINE;
	else if (style->dim)
		front = COLOUR_DIM;
	if (style->bold)
		front ^= 8;
	attribute = (uint8_t)(vga_colour(front) | vga_colour(back) << 4);
	if (style->blink)
		attribute ^= 0x80;
	if (style->reverse) /* the intensities stay where they are */
		attribute = (attribute & 0x88) | ((attribute >> 4 | attribute << 4) & 0x77);
	return attribute;
}
