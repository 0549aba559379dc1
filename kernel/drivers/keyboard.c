/* SPDX-License-Identifier: MIT */
/*
 * keyboard.c - from scan codes to characters.
 *
 * The controller translates to "set 1": one byte a key, with bit 7 set when it is released, and the
 * prefix 0xe0 for the keys that the first PC did not have.  Layouts are tables (keymap.h); here
 * are only the modifiers, and the escape sequences that TERM=linux promises for special keys.
 *
 * A key gives: its character by shift, caps lock (letters only) and AltGr; with control the
 * character & 0x1f; with alt an ESC before it.  Characters beyond ASCII are sent in UTF-8.
 */
#include "drivers/driver.h"
#include "drivers/i8042.h"
#include "drivers/keyboard.h"
#include "drivers/keymap.h"
#include "drivers/vga.h"
#include "lib/printf.h"
#include "lib/string.h"
#include "lock/spinlock.h"

#define RING		256
#define RELEASED	0x80
#define PREFIX_EXTENDED 0xe0
#define PREFIX_PAUSE	0xe1

static struct spinlock lock = SPINLOCK_INIT; /* guards all below */
static char ring[RING];
static uint32_t head, tail; /* both only grow; head - tail <= RING */
static bool shift[2], control[2], alt[2]; /* left, right; right alt is AltGr */
static bool caps_lock, num_lock;
static bool extended;	 /* the last byte was 0xe0 */
static unsigned to_skip; /* bytes of the Pause key's long code still to come */
static void (*received_hook)(void);

static void send(const char *text, size_t bytes)
{
	assert(spinlock_held(&lock));
	assert(head - tail <= RING);
	/* Half an escape sequence would be worse than none: the key is dropped as a whole. */
	if (RING - (head - tail) < bytes)
		return;
	while (bytes--)
		ring[head++ % RING] = *text++;
}

static void send_text(const char *text)
{
	send(text, strlen(text));
}

/* ---- special keys ---- */

/* The VT220's form: ESC [ N ~. */
static void send_numbered(int number)
{
	char text[8];

	snprintf(text, sizeof(text), "\033[%d~", number);
	send_text(text);
}

/* ESC [ A, or ESC O A when the program has asked for it (terminfo's smkx). */
static void send_arrow(uint16_t key)
{
	char text[] = "\033[A";

	assert(key >= KEY_UP && key <= KEY_LEFT);
	if (vga_cursor_keys())
		text[1] = 'O';
	text[2] = (char)('A' + key - KEY_UP);
	send(text, 3);
}

/* F1-F5 are ESC [ [ A-E; the others have numbers with gaps, from the VT220's keyboard. */
static void send_function(int n)
{
	static const uint8_t numbers[] = { 17, 18, 19, 20, 21, 23, 24 };
	char text[] = "\033[[A";

	assert(n >= 1 && n <= 12);
	if (n > 5) {
		send_numbered(numbers[n - 6]);
		return;
	}
	text[3] = (char)('A' + n - 1);
	send(text, 4);
}

static void send_special(uint16_t key)
{
	if (key > KEY_FUNCTION && key <= KEY_FUNCTION + 12)
		send_function(key - KEY_FUNCTION);
	else if (key >= KEY_UP && key <= KEY_LEFT)
		send_arrow(key);
	else if (key >= KEY_HOME && key <= KEY_PAGE_DOWN)
		send_numbered(key - KEY_HOME + 1);
	else if (key == KEY_BACKTAB)
		send_text("\033\t");
}

/* The keypad without num lock: its second labels. */
static uint16_t pad_navigation(char sign)
{
	switch (sign) {
	case '0':
		return KEY_INSERT;
	case '1':
		return KEY_END;
	case '2':
		return KEY_DOWN;
	case '3':
		return KEY_PAGE_DOWN;
	case '4':
		return KEY_LEFT;
	case '6':
		return KEY_RIGHT;
	case '7':
		return KEY_HOME;
	case '8':
		return KEY_UP;
	case '9':
		return KEY_PAGE_UP;
	case '.':
		return KEY_DELETE;
	default:
		return 0;
	}
}

/* ---- characters ---- */

/* UTF-8, with ESC before it when alt is held: "meta sends escape", as Linux's default. */
static void send_character(uint32_t rune)
{
	char text[5];
	size_t length = 0;

	assert(rune < 0x10000);
	if (alt[0])
		text[length++] = 0x1b;
	if (rune < 0x80) {
		text[length++] = (char)rune;
	} else if (rune < 0x800) {
		text[length++] = (char)(0xc0 | rune >> 6);
		text[length++] = (char)(0x80 | (rune & 0x3f));
	} else {
		text[length++] = (char)(0xe0 | rune >> 12);
		text[length++] = (char)(0x80 | (rune >> 6 & 0x3f));
		text[length++] = (char)(0x80 | (rune & 0x3f));
	}
	send(text, length);
}

/* Control makes @ to _ and letters 0-31; the digits 2-8 fill in as on Linux and the VT220. */
static uint32_t controlled(uint32_t rune)
{
	if (rune >= '@' && rune < 0x7f)
		return rune & 0x1f;
	switch (rune) {
	case ' ':
	case '2':
		return 0;
	case '3' ... '7':
		return rune - '3' + 0x1b;
	case '8':
	case '?':
		return 0x7f;
	case '/':
	case '-':
		return 0x1f;
	}
	return rune;
}

/* Caps lock is for letters; digits keep their meaning (unlike shift lock). */
static bool is_letter(uint32_t rune)
{
	return (rune | 0x20) >= 'a' && (rune | 0x20) <= 'z';
}

static uint16_t key_meaning(uint8_t code)
{
	bool shifted = shift[0] || shift[1];
	uint16_t key = keymap.plain[code];

	assert(code < KEYMAP_KEYS);
	if (caps_lock && is_letter(key))
		shifted = !shifted;
	if (alt[1] && keymap.alt_gr[code])
		return keymap.alt_gr[code];
	return shifted && keymap.shift[code] ? keymap.shift[code] : key;
}

/* Only for the key going down; the keyboard itself repeats it. */
static void key_pressed(uint16_t key)
{
	if (key >= KEY_PAD_BASE && key < KEY_FUNCTION) {
		char sign = (char)(key - KEY_PAD_BASE);
		uint16_t navigation = num_lock ? 0 : pad_navigation(sign);

		key = navigation ? navigation : (uint8_t)sign;
	}
	if (key >= KEY_BASE)
		send_special(key);
	else if (key)
		send_character(control[0] || control[1] ? controlled(key) : key);
}

/* ---- scan codes ---- */

/* Keys behind 0xe0: the right modifiers, Enter and / of the keypad, and the navigation block. */
static uint16_t extended_meaning(uint8_t code)
{
	switch (code) {
	case 0x1c:
		return '\r';
	case 0x35:
		return '/';
	case 0x1d:
		return KEY_CONTROL;
	case 0x38:
		return KEY_ALT_GR;
	case 0x47 ... 0x53:
		return pad_navigation((char)(keymap.plain[code] - KEY_PAD_BASE));
	default: /* among them the shifts that some keyboards fake around navigation keys */
		return 0;
	}
}

/* Keeps the modifiers' state; false: not a modifier. */
static bool modifier(uint16_t key, bool pressed, bool right)
{
	switch (key) {
	case KEY_SHIFT:
		shift[right] = pressed;
		return true;
	case KEY_CONTROL:
		control[right] = pressed;
		return true;
	case KEY_ALT:
	case KEY_ALT_GR:
		alt[right] = pressed;
		return true;
	case KEY_CAPS_LOCK:
		caps_lock ^= pressed;
		return true;
	case KEY_NUM_LOCK:
		num_lock ^= pressed;
		return true;
	default:
		return false;
	}
}

static void take_scan_code(uint8_t byte)
{
	uint8_t code = byte & (uint8_t)~RELEASED;
	bool was_extended = extended, pressed = !(byte & RELEASED), right;
	uint16_t key;

	assert(spinlock_held(&lock));
	if (to_skip) {
		to_skip--;
		return;
	}
	extended = byte == PREFIX_EXTENDED;
	if (byte == PREFIX_PAUSE)
		/* Pause sends e1 1d 45 and has no release: the two bytes behind the prefix would
		 * look like control and num lock. */
		to_skip = 2;
	if (extended || byte == PREFIX_PAUSE || code >= KEYMAP_KEYS)
		return;
	right = was_extended || code == 0x36;
	key = was_extended ? extended_meaning(code) : keymap.plain[code];
	if (modifier(key, pressed, right) || !pressed)
		return;
	key_pressed(was_extended ? key : key_meaning(code));
}

/* All that waits, since one interrupt may stand for several bytes; the hook outside of the lock,
 * because it reads the ring. */
static void keyboard_interrupt(void *data)
{
	uint64_t flags = spinlock_acquire(&lock);
	uint8_t byte;

	while (i8042_read_key(&byte))
		take_scan_code(byte);
	spinlock_release(&lock, flags);
	if (received_hook)
		received_hook();
}

size_t keyboard_read(void *to, size_t room)
{
	uint64_t flags = spinlock_acquire(&lock);
	char *at = to;

	while (room && tail != head) {
		*at++ = ring[tail++ % RING];
		room--;
	}
	spinlock_release(&lock, flags);
	return (size_t)(at - (char *)to);
}

/* What the screen answers to a query: input like a key, and in its order among the keys. */
void keyboard_feed(const char *text, size_t bytes)
{
	uint64_t flags = spinlock_acquire(&lock);

	send(text, bytes);
	spinlock_release(&lock, flags);
}

void keyboard_set_received(void (*received)(void))
{
	received_hook = received;
}

static void keyboard_init(void)
{
	if (!i8042_init())
		return;
	interrupt_register(I8042_KEYBOARD_LINE, keyboard_interrupt, NULL);
	i8042_enable_keyboard();
}

static struct driver keyboard_driver = { .name = "keyboard", .init = keyboard_init };
REGISTER(driver, keyboard_driver);
