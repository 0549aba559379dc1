/* SPDX-License-Identifier: MIT */
/*
 * console.c - /dev/console while there are files but no terminals: what is written goes to the
 * screen and the serial line; what is typed on either is echoed and can be read line by line, with
 * backspace as the only key that edits.  Chapter 14's terminals replace it.
 *
 * Bytes `taken` up to `complete` can be read, those up to `typed` are the line being typed.
 */
#include "abi/errno.h"
#include "drivers/driver.h"
#include "drivers/keyboard.h"
#include "drivers/serial.h"
#include "drivers/vga.h"
#include "fs/char_device.h"
#include "lib/string.h"

#define ROOM	  1024
#define CHUNK	  128
#define BACKSPACE 0x7f

static struct spinlock lock = SPINLOCK_INIT; /* guards the next two lines */
static char input[ROOM];
static uint32_t taken, complete, typed; /* all only grow, but typed goes back at a backspace */
static struct wait_queue readers = WAIT_QUEUE_INIT(readers);

static void show(const char *text, size_t bytes)
{
	for (; bytes; text++, bytes--) {
		bool newline = *text == '\n';

		vga_write(newline ? "\r\n" : text, newline ? 2 : 1);
		serial_write(&serial_com1, newline ? "\r\n" : text, newline ? 2 : 1);
	}
}

static void take(char c)
{
	if (c == '\r')
		c = '\n';
	if (c == BACKSPACE) {
		if (typed != complete) {
			typed--;
			show("\b \b", 3);
		}
		return;
	}
	if (typed - taken == ROOM)
		return;
	input[typed++ % ROOM] = c;
	show(&c, 1);
	if (c == '\n')
		complete = typed;
}

static void take_all(const char *bytes, size_t count)
{
	uint64_t flags = spinlock_acquire(&lock);

	for (; count; bytes++, count--)
		take(*bytes);
	spinlock_release(&lock, flags);
	wait_queue_wake(&readers, 0);
}

static void serial_received(struct serial_port *port)
{
	char bytes[16];
	size_t count;

	while ((count = serial_read(port, bytes, sizeof(bytes))) != 0)
		take_all(bytes, count);
}

static void keyboard_received(void)
{
	char bytes[16];
	size_t count;

	while ((count = keyboard_read(bytes, sizeof(bytes))) != 0)
		take_all(bytes, count);
}

/* At most the rest of one line. */
static size_t line_part(char *to, size_t room)
{
	uint64_t flags = spinlock_acquire(&lock);
	size_t count = 0;

	while (count < room && taken != complete) {
		to[count++] = input[taken++ % ROOM];
		if (to[count - 1] == '\n')
			break;
	}
	spinlock_release(&lock, flags);
	return count;
}

static ssize_t console_read(struct file *file, struct io *to, loff_t *position)
{
	char line[CHUNK];
	size_t count;

	if (!to->left)
		return 0;
	if (wait_event_interruptible(&readers, read_once(taken) != read_once(complete)))
		return -ERESTARTSYS;
	count = line_part(line, min(to->left, sizeof(line)));
	return io_copy_to(to, line, count) == count ? (ssize_t)count : -EFAULT;
}

static ssize_t console_write(struct file *file, struct io *from, loff_t *position)
{
	char chunk[CHUNK];
	size_t done = 0, count;

	while (from->left) {
		count = io_copy_from(chunk, from, min(from->left, sizeof(chunk)));
		if (!count)
			return done ? (ssize_t)done : -EFAULT;
		show(chunk, count);
		done += count;
	}
	return (ssize_t)done;
}

static int console_open(struct inode *inode, struct file *file)
{
	file->mode = (file->mode & ~(uint32_t)FILE_SEEKABLE) | FILE_STREAM;
	return 0;
}

static const struct file_ops console_ops = {
	.open = console_open,
	.read = console_read,
	.write = console_write,
};

static struct char_device console_device = {
	.name = "console",
	.driver = "console",
	.major = 5,
	.minor = 1,
	.mode = 0600,
	.ops = &console_ops,
};
REGISTER(char_device, console_device);

static void console_init(void)
{
	serial_com1.received = serial_received;
	keyboard_set_received(keyboard_received);
}

static struct driver console_driver = { .name = "console", .init = console_init };
REGISTER(driver, console_driver);
