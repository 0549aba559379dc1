/* SPDX-License-Identifier: MIT */
/*
 * The prefix 0xe0 is thrown away.
 *
 * symptom: an arrow key with num lock on types a digit, the right control counts as the left one
 * fails: keyboard_keys
 * see: The keyboard
 */
/* in drivers/keyboard.c */
static void take_scan_code(uint8_t byte)
{
	uint8_t code = byte & (uint8_t)~RELEASED;
	bool pressed = !(byte & RELEASED);

	if (to_skip) {
		to_skip--;
		return;
	}
	if (byte == PREFIX_PAUSE)
		to_skip = 2;
	if (byte == PREFIX_EXTENDED || byte == PREFIX_PAUSE || code >= KEYMAP_KEYS)
		return;
	if (modifier(keymap.plain[code], pressed, code == 0x36) || !pressed)
		return;
	key_pressed(key_meaning(code));
}
