/* SPDX-License-Identifier: MIT */
/*
 * pic.c - the pair of 8259 interrupt controllers: lines 0-7, and 8-15 through the second one,
 * which hangs at line 2 of the first.  The firmware leaves them at vectors 8-15, on top of the
 * exceptions; they are moved to VECTOR_LINE0 and masked.
 *
 * A line that is withdrawn while the processor asks for its number is answered as line 7 or 15,
 * without its bit in service: that one is spurious and must not be ended (the second controller's
 * must still be ended at the first).
 *
 * Used where there is no I/O APIC, or no table that describes it; where there is one, the pair is
 * still remapped, because a spurious interrupt could otherwise look like an exception. Intel 8259A
 * data sheet; all calls with interrupts off.
 */
#include "arch/controller.h"
#include "arch/io.h"
#include "arch/trap.h"
#include "lib/assert.h"

#define PIC1 0x20 /* command port; data: + 1 */
#define PIC2 0xa0
#define CASCADE_LINE 2

#define COMMAND_INIT	   0x11 /* ICW1: edge, cascaded, ICW4 follows */
#define COMMAND_END	   0x20 /* non-specific end of interrupt */
#define COMMAND_IN_SERVICE 0x0b /* the next read gives the in-service register */
#define MODE_8086	   0x01 /* ICW4 */

static uint16_t masked = 0xffff; /* one bit a line */

static void masks_write(void)
{
	outb(PIC1 + 1, (uint8_t)masked);
	outb(PIC2 + 1, (uint8_t)(masked >> 8));
}

void pic_init(void)
{
	/* The four initialisation words must come in this order, each to its port. */
	outb(PIC1, COMMAND_INIT);
	outb(PIC2, COMMAND_INIT);
	outb(PIC1 + 1, VECTOR_LINE0);
	outb(PIC2 + 1, VECTOR_LINE0 + 8);
	outb(PIC1 + 1, 1 << CASCADE_LINE);
	outb(PIC2 + 1, CASCADE_LINE);
	outb(PIC1 + 1, MODE_8086);
	outb(PIC2 + 1, MODE_8086);
	masks_write();
}

static void pic_unmask(unsigned line)
{
	assert(line < 16);
	masked &= (uint16_t)~(1u << line);
	if (line >= 8)
		masked &= (uint16_t)~(1u << CASCADE_LINE);
	masks_write();
}

static void pic_end(unsigned line)
{
	if (line >= 8)
		outb(PIC2, COMMAND_END);
	outb(PIC1, COMMAND_END);
}

static bool pic_is_spurious(unsigned line)
{
	uint16_t port = line < 8 ? PIC1 : PIC2;

	if (line % 8 != 7)
		return false;
	outb(port, COMMAND_IN_SERVICE);
	if (inb(port) & 0x80)
		return false;
	if (line >= 8)
		outb(PIC1, COMMAND_END);
	return true;
}

const struct interrupt_controller pic_controller = {
	.name = "8259",
	.unmask = pic_unmask,
	.end = pic_end,
	.is_spurious = pic_is_spurious,
};
