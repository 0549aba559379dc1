/* SPDX-License-Identifier: MIT */
/*
 * echo.c - what the machine does while it cannot run programs: it shows what is typed, whether it
 * comes from the keyboard or through the serial line, on the screen and through the serial line.
 *
 * It stands in the place of the first process (chapter 5 replaces it).  All happens in interrupts:
 * a handler takes the bytes from its device's ring and writes them out.
 */
#include "drivers/keyboard.h"
#include "drivers/serial.h"
#include "drivers/vga.h"
#include "lib/printf.h"
#include "main.h"

/* Enter sends a carriage return; a screen also wants the next line. */
static void echo(const char *typed, size_t bytes)
{
	size_t i;

	for (i = 0; i < bytes; i++) {
		const char *text = typed[i] == '\r' ? "\r\n" : &typed[i];
		size_t length = typed[i] == '\r' ? 2 : 1;

		vga_write(text, length);
		serial_write(&serial_com1, text, length);
	}
}

static void keyboard_received(void)
{
	char typed[16];
	size_t bytes;

	while ((bytes = keyboard_read(typed, sizeof(typed))) != 0)
		echo(typed, bytes);
}

static void serial_received(struct serial_port *port)
{
	char typed[16];
	size_t bytes;

	while ((bytes = serial_read(port, typed, sizeof(typed))) != 0)
		echo(typed, bytes);
}

void init_start(void)
{
	kprintf(LOG_WARNING, "There are no programs yet.  What you type comes back.");
	keyboard_set_received(keyboard_received);
	serial_com1.received = serial_received;
}
