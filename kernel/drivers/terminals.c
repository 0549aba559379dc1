/* SPDX-License-Identifier: MIT */
/*
 * terminals.c - the two devices that stand for other terminals: /dev/console for the system's,
 * /dev/tty for the one that controls the process (tty(4)).
 *
 * A file of either is a file of the real terminal from its opening on: if the controlling terminal
 * changes later, an open /dev/tty does not follow. Errors: ENXIO for /dev/tty of a process without
 * a terminal (how daemons are told), EBUSY, ENOMEM.
 */
#include "abi/errno.h"
#include "drivers/driver.h"
#include "drivers/terminals.h"
#include "drivers/tty.h"
#include "lib/command_line.h"
#include "lib/string.h"

static void terminals_init(void)
{
	terminal_serial_init();
	terminal_screen_init();
}

static struct driver terminal_driver = { .name = "terminals", .init = terminals_init };
REGISTER(driver, terminal_driver);

/* "console=tty0" (or tty1) on the command line is the screen; else the serial line, where there is
 * one, since that is what a machine without a screen has. */
struct tty *terminal_console(void)
{
	char name[16];

	assert(terminal_screen());
	if (command_line_get("console", name, sizeof(name)) && !strncmp(name, "tty", 3) &&
	    name[3] != 'S')
		return terminal_screen();
	return terminal_serial() ? terminal_serial() : terminal_screen();
}

/* Opening the console never makes it a controlling terminal; TIOCSCTTY does. */
static int console_open(struct inode *inode, struct file *file)
{
	return tty_open_file(terminal_console(), file, true, false);
}

static const struct file_ops console_device_ops = { .open = console_open };
static struct char_device console_device = {
	.name = "console",
	.driver = "/dev/console",
	.major = 5,
	.minor = 1,
	.mode = 0600,
	.ops = &console_device_ops,
};
REGISTER(char_device, console_device);

/* The terminal is ours already, so opening it cannot make it so: may_control is false. */
static int own_open(struct inode *inode, struct file *file)
{
	struct tty *tty = read_once(current_process()->terminal);

	return tty ? tty_open_file(tty, file, false, false) : -ENXIO;
}

static const struct file_ops own_device_ops = { .open = own_open };
static struct char_device own_device = {
	.name = "tty",
	.driver = "/dev/tty",
	.major = 5,
	.minor = 0,
	.mode = 0666,
	.ops = &own_device_ops,
};
REGISTER(char_device, own_device);
