/* SPDX-License-Identifier: MIT */
/*
 * tty_serial.c - the terminal on the serial line, ttyS0.
 *
 * Input goes from the port's ring to the line discipline in the interrupt, as much as that has room
 * for; the rest stays in the ring, and when that is full in the device, until a program reads.
 *
 * Output is polled and immediate, so there is no output queue, and draining waits for the UART
 * alone. The line's settings are kept and reported, but the port stays at 115200 8N1: on an
 * emulator's wire there is no other speed.
 */
#include "abi/errno.h"
#include "drivers/serial.h"
#include "drivers/terminals.h"
#include "drivers/tty.h"
#include "memory/user_copy.h"

#define SERIAL_MINOR 64

static struct tty serial_tty;

/* Passes on what is there, and fits.  Interrupts are off, so that no byte overtakes another. */
static void pass_input(struct serial_port *port)
{
	char bytes[64];
	size_t count;

	assert(!interrupts_enabled() && port == &serial_com1);
	do {
		count = serial_read(port, bytes, min(tty_receive_room(&serial_tty), sizeof(bytes)));
		tty_receive(&serial_tty, bytes, count);
	} while (count);
}

/* Asked after each read and write, mostly for nothing: the first look takes no lock. */
static void poll_input(struct tty *tty)
{
	struct serial_port *port = tty->device;
	uint64_t flags;

	if (!serial_pending(port))
		return;
	flags = interrupts_save();
	pass_input(port);
	interrupts_restore(flags);
}

/* Returns when the UART has it all, which at 115200 baud is 87 us a byte on a real wire.  Emulators
 * take it at once; a queue and a transmit interrupt would be what a real line wants. */
static void write(struct tty *tty, const char *text, size_t bytes)
{
	serial_write(tty->device, text, bytes);
}

static void drain(struct tty *tty)
{
	serial_drain(tty->device);
}

struct serial_struct { /* TIOCGSERIAL, as Linux's <linux/serial.h> lays it out */
	int32_t type, line;
	uint32_t port;
	int32_t irq, flags, xmit_fifo_size, custom_divisor, baud_base;
	uint16_t close_delay;
	uint8_t io_type, reserved;
	int32_t hub6;
	uint16_t closing_wait, closing_wait2;
	uint64_t iomem_base;
	uint16_t iomem_reg_shift;
	uint32_t port_high;
	uint64_t iomap_base;
};
static_assert(sizeof(struct serial_struct) == 72, "Linux's size");
#define PORT_16550A 4

/* For setserial(8) and programs that tell a real UART by it.  Delays are in hundredths of a second,
 * as Linux has them: half a second, and 30. */
static long describe(const struct serial_port *port, uint64_t argument)
{
	struct serial_struct serial = {
		.type = PORT_16550A,
		.port = port->base,
		.irq = port->line,
		.xmit_fifo_size = 16,
		.baud_base = 115200,
		.close_delay = 50,
		.closing_wait = 3000,
	};

	return user_put(argument, &serial, sizeof(serial));
}

/* The modem's lines: a cable that is always plugged in, whose lines a program may set without
 * effect.  Carrier is there, so CLOCAL makes no difference and no open waits for it. */
static long ioctl(struct tty *tty, unsigned command, uint64_t argument)
{
	int lines = TIOCM_DTR | TIOCM_RTS | TIOCM_CTS | TIOCM_CAR | TIOCM_DSR;

	switch (command) {
	case TIOCMGET:
		return user_put(argument, &lines, sizeof(lines));
	case TIOCGSERIAL:
		return describe(tty->device, argument);
	case TIOCMSET:
	case TIOCMBIS:
	case TIOCMBIC:
		return 0;
	default:
		return -ENOTTY;
	}
}

static const struct tty_ops serial_tty_ops = {
	.write = write,
	.poll_input = poll_input,
	.drain = drain,
	.ioctl = ioctl,
};

/* NULL, not a terminal whose writes vanish: the console then goes to the screen. */
struct tty *terminal_serial(void)
{
	return serial_com1.present ? &serial_tty : NULL;
}

void terminal_serial_init(void)
{
	tty_init(&serial_tty, "ttyS0", SERIAL_MINOR, &serial_tty_ops, &serial_com1);
	serial_tty.termios.c_cflag = B115200 | CS8 | CREAD | HUPCL | CLOCAL;
	serial_tty.termios.c_ispeed = serial_tty.termios.c_ospeed = 115200;
	serial_tty.initial = serial_tty.termios;
	serial_com1.received = pass_input;
}

/* Linux opens a ttyS whose port was not found, and answers EIO to whatever is done with it; here
 * the open says so. */
static int serial_open(struct inode *inode, struct file *file)
{
	if (!serial_com1.present)
		return -EIO;
	return tty_open_file(&serial_tty, file, false, true);
}

static const struct file_ops serial_device_ops = { .open = serial_open };
static struct char_device serial_device = {
	.name = "ttyS0",
	.driver = "ttyS",
	.major = TTY_MAJOR,
	.minor = SERIAL_MINOR,
	.mode = 0600,
	.ops = &serial_device_ops,
};
REGISTER(char_device, serial_device);
