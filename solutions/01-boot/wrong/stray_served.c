/* SPDX-License-Identifier: MIT */
/*
 * Nobody asks whether the interrupt was one.
 *
 * symptom: on an old machine a driver is called for nothing, and then another device falls silent
 * fails: interrupt_spurious
 * see: The controller
 */
/* in arch/interrupts.c */
static void line_interrupt(unsigned line)
{
	debug_assert(!interrupts_enabled() && line < LINES);
	unsigned i;

	for (i = 0; i < HANDLERS && handlers[line][i].call; i++)
		handlers[line][i].call(handlers[line][i].data);
	controller->end(line);
}
