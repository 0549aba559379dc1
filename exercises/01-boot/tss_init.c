/* SPDX-License-Identifier: MIT */
/* in arch/descriptors.c */
/*
 * tss_init - the stacks that a gate can ask for, and the TSS in which the processor looks for them.
 *
 * Each of ist_stacks[] gets two things: the word atop it, .cpu, points to this processor's struct
 * cpu (entry.S reads it there), and tss.ist[] has the address at which the stack begins.  Stacks
 * grow down: the first push goes to the address minus 8, and must not touch the word.
 * No port is open to user programs: the bitmap of ports lies beyond the segment's limit (SDM vol.
 * 1, 19.5.2).  gdt_set_tss() writes the TSS's descriptor, then LTR loads it: SDM vol. 3, 8.7.
 *
 * Hint 1: tss.ist[0] is what a gate calls IST 1.
 * Hint 2: io_bitmap is an offset from the start of the TSS.
 * Hint 3: LTR takes a 16-bit selector and needs the descriptor to be there:
 *	__asm__ volatile("ltr %w0" : : "r"(TSS_SELECTOR));
 */
static void tss_init(struct cpu *cpu)
{
	exercise("tss_init");
}
