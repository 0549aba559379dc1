/* SPDX-License-Identifier: MIT */
/*
 * Only the low 32 bits of the handler's address are in the gate.
 *
 * symptom: the first interrupt or fault resets the machine
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
		.selector = KERNEL_CODE,
		.ist = ist,
		.type = type,
	};
}
