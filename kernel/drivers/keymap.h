/* SPDX-License-Identifier: MIT */
/*
 * keymap.h - what a key means: one table for a layout, exchangeable as a file (keymap_us.c).
 *
 * A table is indexed by scan code (set 1, 0x00-0x7f without the release bit).  An entry is a
 * Unicode character, or one of the KEY_ values, or 0 for a key that does nothing.
 */
#pragma once

#include "lib/types.h"

enum key {
	KEY_BASE = 0xf000, /* Unicode's private use: no character */
	KEY_SHIFT,
	KEY_CONTROL,
	KEY_ALT,
	KEY_ALT_GR,
	KEY_CAPS_LOCK,
	KEY_NUM_LOCK,
	KEY_PAD_BASE = 0xf100, /* + the digit or sign on the key */
	KEY_FUNCTION = 0xf200, /* + 1 to 12 */
	KEY_UP = 0xf300,
	KEY_DOWN,
	KEY_RIGHT,
	KEY_LEFT,
	KEY_HOME,
	KEY_INSERT,
	KEY_DELETE,
	KEY_END,
	KEY_PAGE_UP,
	KEY_PAGE_DOWN,
	KEY_BACKTAB,
};

#define KEYMAP_KEYS 0x59

struct keymap {
	const char *name;
	uint16_t plain[KEYMAP_KEYS];
	uint16_t shift[KEYMAP_KEYS];  /* 0: as plain */
	uint16_t alt_gr[KEYMAP_KEYS]; /* 0: as plain or shift */
};

/* The layout in use: each keymap_*.c defines it, one of them is linked. */
extern const struct keymap keymap;
