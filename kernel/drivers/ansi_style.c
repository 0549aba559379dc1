/* SPDX-License-Identifier: MIT */
/*
 * ansi_style.c - "CSI ... m": how the text that follows looks (SGR, select graphic rendition).
 *
 * Each parameter changes one thing and the rest stays, but 38 and 48, which announce a colour out
 * of 256 or of 16 million and take the parameters behind them.  The screen has 16 colours: others
 * become the nearest of these, as Linux's console does it.
 *
 * The numbers are ECMA-48's (8.3.117) and, from 90 on, aixterm's bright colours; see
 * console_codes(4), "ECMA-48 Select Graphic Rendition".
 */
#include "drivers/ansi_csi.h"
#include "lib/assert.h"

/* The nearest of the 16 colours: bright where the strongest part is. */
static uint8_t nearest_colour(int red, int green, int blue)
{
	int warm = max(red, green), strongest = max(warm, blue);
	uint8_t colour = (uint8_t)((red > strongest / 2) | (green > strongest / 2) << 1 |
				   (blue > strongest / 2) << 2);

	assert(red >= 0 && green >= 0 && blue >= 0);
	if (strongest < 43)
		return 0;
	return strongest > 191 ? colour | 8 : colour;
}

/* xterm's 256: the 16, a cube, and greys from 8 to 238 in steps of 10. */
static uint8_t palette_colour(int index)
{
	assert(index >= 0 && index < 256);
	if (index < 16)
		return (uint8_t)index;
	if (index >= 232) {
		int grey = (index - 232) * 10 + 8;

		return nearest_colour(grey, grey, grey);
	}
	index -= 16; /* a cube of 6 x 6 x 6 */
	return nearest_colour(index / 36 * 51, index / 6 % 6 * 51, index % 6 * 51);
}

/* 38 and 48 take more parameters: "5;INDEX" or "2;RED;GREEN;BLUE".  Returns the last one used. */
static int extended_colour(const struct ansi_terminal *terminal, int at, uint8_t *colour)
{
	if (ansi_parameter(terminal, at + 1) == 5) {
		*colour = palette_colour(ansi_parameter(terminal, at + 2) & 0xff);
		return at + 2;
	}
	if (ansi_parameter(terminal, at + 1) == 2) {
		*colour = nearest_colour(ansi_parameter(terminal, at + 2),
					 ansi_parameter(terminal, at + 3),
					 ansi_parameter(terminal, at + 4));
		return at + 4;
	}
	return at + 1;
}

/* Bold and dim exclude each other, and 22 ends both; 21 is "underline twice" in ECMA-48, and
 * Linux's console shows it as one.  A code that is not known changes nothing. */
static void select_attribute(struct screen_style *style, int code)
{
	switch (code) {
	case 0:
		*style = (struct screen_style)SCREEN_STYLE_PLAIN;
		break;
	case 1:
		style->bold = true;
		style->dim = false;
		break;
	case 2:
		style->bold = false;
		style->dim = true;
		break;
	case 4:
	case 21:
		style->underline = true;
		break;
	case 5:
		style->blink = true;
		break;
	case 7:
		style->reverse = true;
		break;
	case 22:
		style->bold = style->dim = false;
		break;
	case 24:
		style->underline = false;
		break;
	case 25:
		style->blink = false;
		break;
	case 27:
		style->reverse = false;
		break;
	case 30 ... 37:
		style->foreground = (uint8_t)(code - 30);
		break;
	case 39:
		style->foreground = 7;
		break;
	case 40 ... 47:
		style->background = (uint8_t)(code - 40);
		break;
	case 49:
		style->background = 0;
		break;
	case 90 ... 97:
		style->foreground = (uint8_t)(code - 90 + 8);
		break;
	case 100 ... 107:
		style->background = (uint8_t)(code - 100 + 8);
		break;
	}
}

/* An empty "CSI m" has one parameter, 0 (ansi.c): it resets. */
void ansi_select_style(struct ansi_terminal *terminal)
{
	struct screen_style *style = &terminal->screen.style;

	for (int i = 0; i < terminal->parameter_count; i++) {
		int code = ansi_parameter(terminal, i);

		if (code == 38)
			i = extended_colour(terminal, i, &style->foreground);
		else if (code == 48)
			i = extended_colour(terminal, i, &style->background);
		else
			select_attribute(style, code);
	}
}
