/* SPDX-License-Identifier: MIT */
/*
 * report.c - framed records over the emulator's debug port.
 *
 * The port takes a byte at any time and answers a read with its own number, which is how its
 * presence is told.  A record is written with interrupts off, so that one from an interrupt never
 * lands inside another; no lock, for a panic must be able to report whatever was held.
 *
 * Who may call: anybody in any context, before report_init() too (nothing happens then). A record
 * is as long as it is: the receiver must read `length` bytes, whatever is in them.
 */
#include "arch/arch.h"
#include "arch/io.h"
#include "drivers/report.h"
#include "lib/assert.h"
#include "lib/command_line.h"
#include "lib/printf.h"
#include "lib/string.h"

#define REPORT_PORT 0xe9

static bool present;
static uint64_t run;
static uint64_t sequence; /* of the next record; guarded by interrupts being off */

void report_init(void)
{
	char text[20];

	/* Bochs and QEMU's debugcon answer with the port's number; an absent port with 0xff. */
	present = inb(REPORT_PORT) == REPORT_PORT;
	if (command_line_get("run", text, sizeof(text)))
		run = string_to_u64(text, NULL, 16);
}

bool report_present(void)
{
	return present;
}

void report_record(const char *kind, const void *bytes, size_t length)
{
	char head[80];
	uint64_t flags;
	int head_length;

	assert(*kind && !strchr(kind, ' '));
	if (!present)
		return;
	flags = interrupts_save();
	head_length = snprintf(head, sizeof(head), "STRX %lx %lu %s %zu ", run, sequence++, kind,
			       length);
	assert((size_t)head_length < sizeof(head));
	outb_many(REPORT_PORT, head, (size_t)head_length);
	outb_many(REPORT_PORT, bytes, length);
	outb(REPORT_PORT, '\n');
	interrupts_restore(flags);
}

void report_text(const char *kind, const char *format, ...)
{
	char text[256];
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	report_record(kind, text, min((size_t)length, sizeof(text) - 1));
}
