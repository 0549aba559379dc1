/* SPDX-License-Identifier: MIT */
/* keymap_de.c - the extension: what keys of the German layout mean, by their scan codes. */
#include "drivers/keymap.h"
#include "ktest.h"

extern weak const struct keymap keymap_de;

static const uint8_t keys[] = {
	0x03, 0x04, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x10, 0x12,
	0x15, 0x1a, 0x1b, 0x1e, 0x27, 0x28, 0x29, 0x2b, 0x2c, 0x32, 0x33, 0x34,
	0x35, 0x56,
};

static void keymap_de_test(void)
{
	const struct keymap *volatile map = &keymap_de;

	if (!map) {
		observe("absent");
		return;
	}
	for (unsigned i = 0; i < array_size(keys); i++)
		observe("%x=%x %x %x", keys[i], map->plain[keys[i]], map->shift[keys[i]],
			map->alt_gr[keys[i]]);
}
static struct ktest ktest_keymap_de = { .name = "keymap_de", .run = keymap_de_test };
REGISTER(ktest, ktest_keymap_de);
