/* SPDX-License-Identifier: MIT */
/*
 * The release of a modifier is dropped with all other releases.
 *
 * symptom: AFTER THE FIRST SHIFT EVERYTHING IS LARGE
 * fails: keyboard_keys
 * see: The keyboard
 */
/* in drivers/keyboard.c */
static void take_scan_code(uint8_t byte)
{
	uint8_t code = byte & (uint8_t)~RELEASED;
	bool was_extended = extended, right;
	uint16_t key;

	if (to_skip) {
		to_skip--;
		return;
	}
	extended = byte == PREFIX_EXTENDED;
	if (byte == PREFIX_PAUSE)
		to_skip = 2;
	if (extended || byte >= RELEASED || code >= KEYMAP_KEYS)
		return;
	right = was_extended || code == 0x36;
	key = was_extended ? extended_meaning(code) : keymap.plain[code];
	if (modifier(key, true, right))
		return;
	key_pressed(was_extended ? key : key_meaning(code));
}
