/* SPDX-License-Identifier: MIT */
/*
 * serial.c - 16550 UARTs.
 *
 * The device has two bits that look alike: "holding empty" (the FIFO can take 16 bytes again) lets
 * us write on, "transmitter empty" (the last stop bit is on the wire) lets us end the machine.
 * Output fills the FIFO by 16 whenever it is empty.  A port that does not exist reads as ones
 * everywhere, which would look like a device that is always ready: so its presence is tested once,
 * by the scratch register, and its output goes nowhere.
 *
 * Input: the interrupt handler moves bytes from the device to the ring.  When the ring is full the
 * bytes stay in the device, with its interrupt off; an emulator or a modem line then holds the
 * sender back.
 */
#include "arch/io.h"
#include "drivers/driver.h"
#include "drivers/serial.h"
#include "lib/printf.h"
#include "lib/string.h"

enum { /* registers, as offsets from the base; with DLAB set, 0 and 1 are the divisor */
	DATA = 0,
	INTERRUPT_ENABLE = 1,
	FIFO_CONTROL = 2,
	LINE_CONTROL = 3,
	MODEM_CONTROL = 4,
	LINE_STATUS = 5,
	SCRATCH = 7,
};
#define RECEIVE_INTERRUPT	 0x01 /* INTERRUPT_ENABLE */
#define FIFO_ON_CLEAR_TRIGGER_14 0xc7 /* FIFO_CONTROL */
#define LINE_8N1		 0x03 /* LINE_CONTROL */
#define LINE_DLAB		 0x80
#define MODEM_DTR_RTS_OUT2	 0x0b /* OUT2 connects the interrupt line */
#define STATUS_DATA_READY	 0x01 /* LINE_STATUS */
#define STATUS_HOLDING_EMPTY	 0x20
#define STATUS_ALL_EMPTY	 0x40
#define FIFO_BYTES		 16
#define DIVISOR_115200		 1

struct serial_port serial_com1 = { .name = "COM1", .base = 0x3f8, .line = 4 };
struct serial_port serial_com2 = { .name = "COM2", .base = 0x2f8, .line = 3 };

/* Reading it clears the error bits, which nobody here wants. */
static uint8_t status(const struct serial_port *port)
{
	return inb(port->base + LINE_STATUS);
}

static bool probe(const struct serial_port *port)
{
	outb(port->base + SCRATCH, 0x5a);
	/* A byte that no absent port would answer with. */
	return inb(port->base + SCRATCH) == 0x5a;
}

/* Interrupts of the device stay off until there is somebody to take them (receive_init).  The FIFO
 * is cleared last but one: bytes that came at another speed are noise. */
static void program(const struct serial_port *port)
{
	outb(port->base + INTERRUPT_ENABLE, 0);
	outb(port->base + LINE_CONTROL, LINE_8N1 | LINE_DLAB);
	/* DLAB is set: registers 0 and 1 are the divisor's halves now. */
	outb(port->base + DATA, DIVISOR_115200);
	outb(port->base + INTERRUPT_ENABLE, 0);
	outb(port->base + LINE_CONTROL, LINE_8N1);
	outb(port->base + FIFO_CONTROL, FIFO_ON_CLEAR_TRIGGER_14);
	outb(port->base + MODEM_CONTROL, MODEM_DTR_RTS_OUT2);
}

/* ---- output ---- */

/* Not bounded: a device that passed the probe and never takes a byte again would be broken. */
static void wait_for(const struct serial_port *port, uint8_t bit)
{
	while (!(status(port) & bit))
		cpu_relax();
}

/* Any context, panics included: no lock.  Two writers on one processor mix at worst in an
 * interrupt, a burst at a time. */
void serial_write(struct serial_port *port, const void *from, size_t bytes)
{
	const uint8_t *at = from;

	assert(from || !bytes);
	if (!port->present)
		return;
	while (bytes) {
		size_t burst = min(bytes, (size_t)FIFO_BYTES);

		wait_for(port, STATUS_HOLDING_EMPTY);
		outb_many(port->base + DATA, at, burst);
		at += burst;
		bytes -= burst;
	}
}

/* Bounded: the machine is to end even if the wire does not move. */
void serial_drain(const struct serial_port *port)
{
	for (int tries = 0; port->present && tries < 1000000; tries++)
		if (status(port) & STATUS_ALL_EMPTY)
			return;
}

/* A log line, for a terminal: each newline also needs a carriage return. */
static void console_write(const char *text, size_t bytes)
{
	while (bytes) {
		const char *newline = memchr(text, '\n', bytes);
		size_t part = newline ? (size_t)(newline - text) : bytes;

		serial_write(&serial_com1, text, part);
		if (!newline)
			return;
		serial_write(&serial_com1, "\r\n", 2);
		text += part + 1;
		bytes -= part + 1;
	}
}

static struct log_console console = { .name = "ttyS0", .write = console_write };

/* ---- input ---- */

static uint32_t ring_room(const struct serial_port *port)
{
	assert(spinlock_held(&port->lock));
	assert(port->head - port->tail <= SERIAL_RING);
	return SERIAL_RING - (port->head - port->tail);
}

/* The port write is the slow part: only when the state changes. */
static void throttle(struct serial_port *port, bool throttled)
{
	assert(spinlock_held(&port->lock));
	if (port->throttled == throttled)
		return;
	port->throttled = throttled;
	outb(port->base + INTERRUPT_ENABLE, throttled ? 0 : RECEIVE_INTERRUPT);
}

/* Moves bytes from the device to the ring until one is empty or the other full. */
static void ring_fill(struct serial_port *port)
{
	assert(spinlock_held(&port->lock));
	while (status(port) & STATUS_DATA_READY) {
		if (!ring_room(port)) {
			throttle(port, true);
			return;
		}
		port->ring[port->head++ % SERIAL_RING] = inb(port->base + DATA);
	}
}

/* `received` is called without the lock: it reads the ring, and wakes. */
static void serial_interrupt(void *data)
{
	struct serial_port *port = data;
	uint64_t flags = spinlock_acquire(&port->lock);

	assert(port->present);
	ring_fill(port);
	spinlock_release(&port->lock, flags);
	if (port->received)
		port->received(port);
}

size_t serial_read(struct serial_port *port, void *to, size_t room)
{
	uint64_t flags = spinlock_acquire(&port->lock);
	size_t bytes = min(room, (size_t)(port->head - port->tail));
	size_t at = port->tail % SERIAL_RING, first = min(bytes, SERIAL_RING - at);

	assert(port->head - port->tail <= SERIAL_RING);
	memcpy(to, port->ring + at, first);
	memcpy((uint8_t *)to + first, port->ring, bytes - first);
	port->tail += (uint32_t)bytes;
	if (port->throttled && bytes)
		throttle(port, false); /* the device still has data: it interrupts at once */
	spinlock_release(&port->lock, flags);
	return bytes;
}

/* Without the lock: a hint, and two words that only grow.  What comes meanwhile interrupts. */
size_t serial_pending(const struct serial_port *port)
{
	return read_once(port->head) - read_once(port->tail);
}

void serial_init(void)
{
	struct serial_port *ports[] = { &serial_com1, &serial_com2 };

	for (size_t i = 0; i < array_size(ports); i++) {
		ports[i]->present = probe(ports[i]);
		if (ports[i]->present)
			program(ports[i]);
	}
	if (serial_com1.present)
		log_console_add(&console);
}

/* Later, when there are interrupts: from now on bytes are received. */
static void receive_init(void)
{
	struct serial_port *ports[] = { &serial_com1, &serial_com2 };

	for (size_t i = 0; i < array_size(ports); i++) {
		if (!ports[i]->present)
			continue;
		interrupt_register(ports[i]->line, serial_interrupt, ports[i]);
		outb(ports[i]->base + INTERRUPT_ENABLE, RECEIVE_INTERRUPT);
	}
}

static struct driver serial_driver = { .name = "serial", .init = receive_init };
REGISTER(driver, serial_driver);
