/* SPDX-License-Identifier: MIT */
/*
 * tty_screen.c - the terminal made of the VGA screen and the keyboard, tty1; tty0 is "the one in
 * front", which is the same, for there is only one (console_codes(4), ioctl_console(2)).
 *
 * Locks: tty->lock outside of the screen's own (vga.c); keys come in the keyboard's interrupt. The
 * ioctls of virtual consoles that programs send by routine (loadkeys, X, getty) answer as one
 * console that is always in front; switching away from it is ENXIO.
 */
#include "abi/errno.h"
#include "drivers/keyboard.h"
#include "drivers/terminals.h"
#include "drivers/tty.h"
#include "drivers/vga.h"
#include "memory/user_copy.h"

#define SCREEN_MINOR 1

static struct tty screen_tty;

static void pass_input(void)
{
	char bytes[64];
	size_t count;

	assert(!interrupts_enabled());
	do {
		count = keyboard_read(bytes, min(tty_receive_room(&screen_tty), sizeof(bytes)));
		tty_receive(&screen_tty, bytes, count);
	} while (count);
}

static void poll_input(struct tty *tty)
{
	uint64_t flags = interrupts_save();

	pass_input();
	interrupts_restore(flags);
}

/* Immediate: there is nothing to drain, and no drain in the ops. */
static void write(struct tty *tty, const char *text, size_t bytes)
{
	vga_write(text, bytes);
}

/*
 * The terminal answers a query ("where is the cursor") in the middle of a write, under the tty's
 * lock.  So the answer waits in the keyboard's ring until the write is done and asks for input.
 */
static void answer(const char *text, size_t bytes)
{
	keyboard_feed(text, bytes);
}

static long put_int(uint64_t argument, int value)
{
	return user_put(argument, &value, sizeof(value));
}

struct vt_state { /* VT_GETSTATE */
	uint16_t active, signal, in_use;
};

/* in_use is a mask: bit 0 is tty0, which counts as always open, bit 1 our one console. */
static long vt_state_get(uint64_t argument)
{
	struct vt_state state = { .active = 1, .in_use = 3 };

	return user_put(argument, &state, sizeof(state));
}

/* One console, in text mode, always in front. */
static long ioctl(struct tty *tty, unsigned command, uint64_t argument)
{
	char keyboard = KB_101;

	switch (command) {
	case KDGKBTYPE:
		return user_put(argument, &keyboard, sizeof(keyboard));
	case KDGETMODE:
		return put_int(argument, KD_TEXT);
	case KDGKBMODE:
		return put_int(argument, K_UNICODE);
	case VT_OPENQRY: /* the first console that nobody has open; opening it will fail */
		return put_int(argument, 2);
	case VT_GETSTATE:
		return vt_state_get(argument);
	case VT_ACTIVATE:
	case VT_WAITACTIVE:
		return argument == 1 ? 0 : -ENXIO;
	case KDSETMODE:
	case KDSKBMODE:
	case KDSIGACCEPT:
		return 0;
	default:
		return -ENOTTY;
	}
}

static const struct tty_ops screen_tty_ops = {
	.write = write,
	.poll_input = poll_input,
	.ioctl = ioctl,
};

struct tty *terminal_screen(void)
{
	return &screen_tty;
}

/* IUTF8, for the keyboard sends UTF-8. `resets`: after a log-out the next user finds a sane screen,
 * whatever the last program left behind. */
void terminal_screen_init(void)
{
	tty_init(&screen_tty, "tty1", SCREEN_MINOR, &screen_tty_ops, NULL);
	screen_tty.termios.c_iflag |= IUTF8;
	screen_tty.initial = screen_tty.termios;
	screen_tty.resets = true;
	screen_tty.window = (struct winsize){ .ws_row = VGA_ROWS, .ws_col = VGA_COLUMNS };
	vga_set_reply(answer);
	keyboard_set_received(pass_input);
}

static int screen_open(struct inode *inode, struct file *file)
{
	return tty_open_file(&screen_tty, file, false, true);
}

static const struct file_ops screen_device_ops = { .open = screen_open };
static struct char_device screen_device = {
	.name = "tty1",
	.driver = "tty",
	.major = TTY_MAJOR,
	.minor = SCREEN_MINOR,
	.mode = 0600,
	.ops = &screen_device_ops,
};
REGISTER(char_device, screen_device);

/* tty0 never becomes a controlling terminal by open. */
static int front_open(struct inode *inode, struct file *file)
{
	return tty_open_file(&screen_tty, file, false, false);
}

static const struct file_ops front_device_ops = { .open = front_open };
static struct char_device front_device = {
	.name = "tty0",
	.driver = "/dev/vc/0",
	.major = TTY_MAJOR,
	.minor = 0,
	.mode = 0600,
	.ops = &front_device_ops,
};
REGISTER(char_device, front_device);
