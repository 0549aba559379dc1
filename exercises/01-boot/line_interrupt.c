/* SPDX-License-Identifier: MIT */
/* in arch/interrupts.c */
/*
 * line_interrupt - a device asked for attention on this line.
 *
 * A controller that has is_spurious (the 8259 has, the APIC has not: NULL) may say that nobody
 * asked; then there is nothing to do, not even to end.  Otherwise all handlers of the line are
 * called, in the order of handlers[line], up to the first empty place; PCI devices share lines.
 * The controller holds the line back until it is told that the interrupt has ended
 * (controller->end); told before the handlers, the same line could come again as soon as
 * interrupts are on. Intel 8259A data sheet, "End of interrupt"; SDM vol. 3, 11.8.5.
 *
 * Hint: HANDLERS is the most; the last place may be in use, too.
 */
static void line_interrupt(unsigned line)
{
	exercise("line_interrupt");
}
