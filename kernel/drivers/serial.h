/* SPDX-License-Identifier: MIT */
/*
 * serial.h - the 16550 serial ports COM1 (the console) and COM2 (a raw channel from the host).
 *
 * Output is polled: serial_write() returns when the device has taken every byte, so that nothing is
 * lost when the machine ends.  Input comes by interrupt into the port's ring; `received` is then
 * called, from the interrupt, for whoever consumes it.  A full ring stops taking bytes out of the
 * device instead of dropping them, until serial_read() has made room.
 */
#pragma once

#include "lib/types.h"
#include "lock/spinlock.h"

#define SERIAL_RING 1024 /* bytes; a power of two */

struct serial_port {
	const char *name;
	uint16_t base; /* first I/O port */
	uint8_t line;  /* interrupt line */
	bool present;  /* set once, at serial_init() */
	void (*received)(struct serial_port *port); /* or NULL; interrupts are off */
	void *owner;				    /* for `received` */

	struct spinlock lock;	   /* guards the rest */
	uint8_t ring[SERIAL_RING]; /* bytes tail up to head, each modulo SERIAL_RING */
	uint32_t head, tail;	   /* both only grow; head - tail <= SERIAL_RING */
	bool throttled;		   /* the ring is full: receive interrupts are off */
};

extern struct serial_port serial_com1, serial_com2;

/* A step of kmain(): programs both ports (115200 8N1, FIFOs) and makes COM1 a console of the log.
 * Bytes are received once the drivers are up. */
void serial_init(void);

void serial_write(struct serial_port *port, const void *from, size_t bytes);
/* What has been received, up to `room` bytes; 0: nothing.  Any context. */
size_t serial_read(struct serial_port *port, void *to, size_t room);
/* Bytes that wait for serial_read(). */
size_t serial_pending(const struct serial_port *port);
/* Waits (bounded) until the last byte has left the shift register. */
void serial_drain(const struct serial_port *port);
