/* SPDX-License-Identifier: MIT */
/*
 * The TSS has the low ends of the stacks.
 *
 * symptom: a double fault finds another processor's data, or none, and its report fails in turn
 * fails: gates
 * see: Stacks
 */
/* in arch/descriptors.c */
static void tss_init(struct cpu *cpu)
{
	int i;

	tss.io_bitmap = sizeof(tss);
	for (i = 0; i < IST_COUNT - 1; i++) {
		ist_stacks[i].cpu = cpu;
		tss.ist[i] = (uint64_t)ist_stacks[i].bytes;
	}
	gdt_set_tss();
	__asm__ volatile("ltr %w0" : : "r"(TSS_SELECTOR));
}
