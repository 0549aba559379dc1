/* SPDX-License-Identifier: MIT */
/*
 * The gates are trap gates: the processor leaves interrupts on at the entry.
 *
 * symptom: an interrupt is interrupted by the next one, until the stack is full
 * fails: gates
 * see: A gate
 */
/* in arch/descriptors.c */
static void idt_set(unsigned vector, unsigned type, unsigned ist)
{
	uint64_t to = (uint64_t)trap_stubs[vector];

	idt[vector] = (struct gate){
		.offset_low = to,
		.offset_middle = to >> 16,
		.offset_high = to >> 32,
		.selector = KERNEL_CODE,
		.ist = ist,
		.type = type | 1,
	};
}
