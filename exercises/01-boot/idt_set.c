/* SPDX-License-Identifier: MIT */
/* in arch/descriptors.c */
/*
 * idt_set - gate `vector` of the IDT: its interrupts and exceptions enter at their stub.
 *
 * `type` is the sixth byte of the gate: present, DPL, kind (GATE_INTERRUPT, GATE_USER).  `ist` is
 * the number of the stack to change to in the TSS, 0 for none.  The code segment is KERNEL_CODE.
 * The layout is SDM vol. 3, 6.14.1, figure 6-8: the handler's address is cut into three pieces.
 * What the struct does not name must be zero: the processor reserves it.
 *
 * Hint 1: vector v enters at trap_stubs[v].  How wide is each of the three offset fields?
 * Hint 2: assign a whole struct gate, (struct gate){ .offset_low = ..., }: what is left out
 *	becomes 0.
 * Hint 3: a narrower field takes the low bits of what is assigned to it; shift the others down.
 */
static void idt_set(unsigned vector, unsigned type, unsigned ist)
{
	exercise("idt_set");
}
