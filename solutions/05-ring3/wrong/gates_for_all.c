/* SPDX-License-Identifier: MIT */
/*
 * Every gate may be called by programs.
 *
 * symptom: a program pretends to be any interrupt or exception with INT n
 * fails: gate
 * see: The way back: a gate and a stack
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
		.type = GATE_USER,
	};
}
