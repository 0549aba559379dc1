/* SPDX-License-Identifier: MIT */
/* in drivers/keyboard.c */
/*
 * take_scan_code - one byte from the keyboard, in "set 1".
 *
 * Bit 7 set: the key in the other seven bits was released.  PREFIX_EXTENDED, 0xe0: the next byte
 * is one of the keys that the first PC did not have.  PREFIX_PAUSE, 0xe1: the two next bytes are
 * no keys.  `extended` and `to_skip` keep that from one call to the next.
 * A modifier changes state on press and on release (modifier() does it, and says whether the key
 * was one); any other key acts when it is pressed, through key_pressed().  Its meaning:
 * extended_meaning(code) behind a prefix, else keymap.plain[code] to find out about modifiers, and
 * key_meaning(code), which looks at them, for what is typed.  Codes from KEYMAP_KEYS on are no
 * keys.  `right` for modifier(): an extended key, or code 0x36, the right shift.
 *
 * Hint 1: the bytes to skip come before everything else.
 * Hint 2: what does `extended` have to be after each byte?  Save the old value first.
 * Hint 3: a prefix has bit 7 set, too: it must be gone before you think of releases.
 * Parsons: put in order - extended = byte == PREFIX_EXTENDED / if (to_skip) ... / key_pressed(...) /
 *	if (modifier(...) || !pressed) return / if (byte == PREFIX_PAUSE) to_skip = 2 /
 *	right = ... / key = ... / if (extended || byte == PREFIX_PAUSE || code >= KEYMAP_KEYS) return
 */
static void take_scan_code(uint8_t byte)
{
	exercise("take_scan_code");
}
