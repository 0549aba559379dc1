/* SPDX-License-Identifier: MIT */
/*
 * keys.c - types on a keyboard that nobody touches: the controller's command 0xd2 makes a byte look
 * as if the keyboard had sent it, interrupt and all.
 */
#include "arch/arch.h"
#include "arch/io.h"
#include "drivers/keyboard.h"
#include "ktest.h"
#include "lib/printf.h"

#define DATA		0x60
#define COMMAND		0x64
#define PRETEND_TYPED	0xd2
#define INPUT_FULL	0x02
#define OUTPUT_FULL	0x01
#define EXTENDED	0x100 /* in the table: with the prefix 0xe0 */
#define PAUSE		0x200 /* a prefix of its own, and what looks like control and num lock */

/* Letters and digits, signs, Enter, Tab, Backspace, Escape, space, function keys, arrows, Home ..., Pause, and a code
 * that no key has. */
static const uint16_t keys[] = {
	0x1e, 0x30, 0x2e, 0x20, 0x12, 0x15, 0x2c, 0x10, 0x02, 0x03, 0x0a, 0x0b, 0x0c, 0x0d, 0x1a,
	0x1b, 0x27, 0x28, 0x29, 0x2b, 0x33, 0x34, 0x35, 0x1c, 0x0f, 0x0e, 0x01, 0x39, 0x3b, 0x3f,
	0x40, 0x44, 0x57, 0x58, EXTENDED | 0x48, EXTENDED | 0x50, EXTENDED | 0x4b, EXTENDED | 0x4d,
	EXTENDED | 0x47, EXTENDED | 0x4f, EXTENDED | 0x52, EXTENDED | 0x53, EXTENDED | 0x49,
	EXTENDED | 0x51, EXTENDED | 0x1c, EXTENDED | 0x35, PAUSE, PAUSE, PAUSE, 0x5c, 0x5c,
};
/* Shift left and right, control left and right, alt, caps lock. */
static const uint16_t modifiers[] = { 0x2a, 0x36, 0x1d, EXTENDED | 0x1d, 0x38, 0x3a };

static void pretend(uint8_t byte)
{
	uint64_t before = this_cpu()->interrupts, end = clock_monotonic() + 2000000;

	while (inb(COMMAND) & (INPUT_FULL | OUTPUT_FULL) && clock_monotonic() < end)
		;
	outb(COMMAND, PRETEND_TYPED);
	outb(DATA, byte);
	while (this_cpu()->interrupts == before && clock_monotonic() < end)
		cpu_relax();
}

static void type(uint16_t key, bool release)
{
	if (key == PAUSE) {
		pretend(0xe1);
		pretend(release ? 0x9d : 0x1d);
		pretend(release ? 0xc5 : 0x45);
		return;
	}
	if (key & EXTENDED)
		pretend(0xe0);
	pretend((uint8_t)key | (release ? 0x80 : 0));
}

static void event(int i, uint16_t key, bool release)
{
	uint8_t bytes[16];
	char hex[33] = "";
	size_t got;

	type(key, release);
	got = keyboard_read(bytes, sizeof(bytes));
	for (size_t j = 0; j < got; j++)
		snprintf(hex + 2 * j, 3, "%02x", bytes[j]);
	observe("%03d %03x %s=%s", i, key, release ? "up" : "down", hex);
}

static void keyboard_keys(void)
{
	keyboard_set_received(NULL); /* what is typed is ours */
	for (int i = 0; i < 150; i++) {
		bool modifier = ktest_random_below(3) == 0;
		uint16_t key = modifier ? modifiers[ktest_random_below(array_size(modifiers))]
					: keys[ktest_random_below(array_size(keys))];

		event(i, key, ktest_random_below(2));
	}
	/* Pause leaves no control key held. */
	event(150, 0x1d, true);
	event(151, EXTENDED | 0x1d, true);
	event(152, PAUSE, false);
	event(153, 0x1e, false);
}
KTEST(keyboard_keys);
