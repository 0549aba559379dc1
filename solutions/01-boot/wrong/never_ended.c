/* SPDX-License-Identifier: MIT */
/*
 * The controller is never told that an interrupt has ended.
 *
 * symptom: one key works, the next does not, and neither does anything else
 * fails: interrupt_ticks interrupt_registers
 * see: The controller
 */
/* in arch/interrupts.c */
static void line_interrupt(unsigned line)
{
	unsigned i;

	if (controller->is_spurious && controller->is_spurious(line))
		return;
	for (i = 0; i < HANDLERS && handlers[line][i].call; i++)
		handlers[line][i].call(handlers[line][i].data);
}
