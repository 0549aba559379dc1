/* SPDX-License-Identifier: MIT */
/*
 * Every gate has DPL 3.
 *
 * symptom: a user program can call the page fault's handler, or a device's, by INT n
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
		.type = type | GATE_USER,
	};
}
