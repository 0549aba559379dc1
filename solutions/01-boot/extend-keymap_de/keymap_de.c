/* SPDX-License-Identifier: MIT */
/* new in drivers/keymap_de.c */
/*
 * keymap_de.c - the German layout (DIN 2137, T1): what is printed on the keys of a German keyboard.
 *
 * Positions are those of keymap_us.c; Y and Z have changed places, and the key beside the left shift key
 * (0x56), which US keyboards lack, has < > |.  The dead keys give their signs, as on Linux's console when no
 * letter follows.  Entries not named are 0.
 */
#include "drivers/keymap.h"

#define FUNCTION(n) (KEY_FUNCTION + (n))
#define PAD(c)	    (KEY_PAD_BASE + (c))

extern const struct keymap keymap_de;
const struct keymap keymap_de = {
	.name = "de",
	.plain = {
		[0x01] = 0x1b, '1', '2', '3', '4', '5', '6', '7', '8', '9', '0', 0xdf, 0xb4, 0x7f,
		[0x0f] = '\t', 'q', 'w', 'e', 'r', 't', 'z', 'u', 'i', 'o', 'p', 0xfc, '+', '\r',
		[0x1d] = KEY_CONTROL, 'a', 's', 'd', 'f', 'g', 'h', 'j', 'k', 'l', 0xf6, 0xe4, '^',
		[0x2a] = KEY_SHIFT, '#', 'y', 'x', 'c', 'v', 'b', 'n', 'm', ',', '.', '-', KEY_SHIFT,
		[0x37] = PAD('*'), KEY_ALT, ' ', KEY_CAPS_LOCK,
		[0x3b] = FUNCTION(1), FUNCTION(2), FUNCTION(3), FUNCTION(4), FUNCTION(5), FUNCTION(6),
		  FUNCTION(7), FUNCTION(8), FUNCTION(9), FUNCTION(10),
		[0x45] = KEY_NUM_LOCK,
		[0x47] = PAD('7'), PAD('8'), PAD('9'), PAD('-'), PAD('4'), PAD('5'), PAD('6'), PAD('+'),
		  PAD('1'), PAD('2'), PAD('3'), PAD('0'), PAD('.'),
		[0x56] = '<', FUNCTION(11), FUNCTION(12),
	},
	.shift = {
		[0x02] = '!', '"', 0xa7, '$', '%', '&', '/', '(', ')', '=', '?', '`',
		[0x0f] = KEY_BACKTAB, 'Q', 'W', 'E', 'R', 'T', 'Z', 'U', 'I', 'O', 'P', 0xdc, '*',
		[0x1e] = 'A', 'S', 'D', 'F', 'G', 'H', 'J', 'K', 'L', 0xd6, 0xc4, 0xb0,
		[0x2b] = '\'', 'Y', 'X', 'C', 'V', 'B', 'N', 'M', ';', ':', '_',
		[0x56] = '>',
	},
	.alt_gr = {
		[0x03] = 0xb2, 0xb3,		   /* superscript 2, 3 */
		[0x08] = '{', '[', ']', '}', '\\', /* 7 8 9 0 sharp s */
		[0x10] = '@', [0x12] = 0x20ac,	   /* q, e: the euro sign */
		[0x1b] = '~', [0x32] = 0xb5,	   /* +, m: the micro sign */
		[0x56] = '|',
	},
};
