/* SPDX-License-Identifier: MIT */
/*
 * keymap_us.c - the US layout.  To have another one, replace this file: the scan codes are the
 * positions of the keys on an IBM PC keyboard, row by row.
 *
 * Positions and scan codes: IBM PC keyboard, set 1. Entries not named are 0: keys that do nothing.
 */
#include "drivers/keymap.h"

#define FUNCTION(n) (KEY_FUNCTION + (n))
#define PAD(c)	    (KEY_PAD_BASE + (c))

const struct keymap keymap = {
	.name = "us",
	.plain = {
		[0x01] = 0x1b, '1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '-', '=', 0x7f,
		[0x0f] = '\t', 'q', 'w', 'e', 'r', 't', 'y', 'u', 'i', 'o', 'p', '[', ']', '\r',
		[0x1d] = KEY_CONTROL, 'a', 's', 'd', 'f', 'g', 'h', 'j', 'k', 'l', ';', '\'',
		  '`',
		[0x2a] = KEY_SHIFT, '\\', 'z', 'x', 'c', 'v', 'b', 'n', 'm', ',', '.', '/',
		  KEY_SHIFT,
		[0x37] = PAD('*'), KEY_ALT, ' ', KEY_CAPS_LOCK,
		[0x3b] = FUNCTION(1), FUNCTION(2), FUNCTION(3), FUNCTION(4), FUNCTION(5),
		  FUNCTION(6), FUNCTION(7), FUNCTION(8), FUNCTION(9), FUNCTION(10),
		[0x45] = KEY_NUM_LOCK,
		[0x47] = PAD('7'), PAD('8'), PAD('9'), PAD('-'), PAD('4'), PAD('5'), PAD('6'),
		  PAD('+'), PAD('1'), PAD('2'), PAD('3'), PAD('0'), PAD('.'),
		[0x56] = '<', FUNCTION(11), FUNCTION(12),
	},
	.shift = {
		[0x02] = '!', '@', '#', '$', '%', '^', '&', '*', '(', ')', '_', '+',
		[0x0f] = KEY_BACKTAB, 'Q', 'W', 'E', 'R', 'T', 'Y', 'U', 'I', 'O', 'P', '{',
		  '}',
		[0x1e] = 'A', 'S', 'D', 'F', 'G', 'H', 'J', 'K', 'L', ':', '"', '~',
		[0x2b] = '|', 'Z', 'X', 'C', 'V', 'B', 'N', 'M', '<', '>', '?',
		[0x56] = '>',
	},
};
