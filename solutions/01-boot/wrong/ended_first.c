/* SPDX-License-Identifier: MIT */
/*
 * The controller is told of the end before the handlers have run.
 *
 * symptom: a device whose line stays up is served twice for each interrupt
 * fails: interrupt_ticks
 * see: The controller
 */
/* in arch/interrupts.c */
static void line_interrupt(unsigned line)
{
	debug_assert(!interrupts_enabled() && line < LINES);
	unsigned i;

	if (controller->is_spurious && controller->is_spurious(line))
		return;
	controller->end(line);
	for (i = 0; i < HANDLERS && handlers[line][i].call; i++)
		handlers[line][i].call(handlers[line][i].data);
}
