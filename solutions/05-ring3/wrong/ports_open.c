/* SPDX-License-Identifier: MIT */
/*
 * The I/O permission map is said to begin where the task-state segment begins.
 *
 * symptom: programs reach devices: zeros in the map are permissions
 * fails: port
 * see: Flags that are not the program's
 */
/* in arch/descriptors.c */
static void tss_init(struct cpu *cpu)
{
	int i;

	tss.io_bitmap = 0;
	for (i = 0; i < IST_COUNT - 1; i++) {
		ist_stacks[i].cpu = cpu;
		tss.ist[i] = (uint64_t)&ist_stacks[i].cpu;
	}
	gdt_set_tss();
	__asm__ volatile("ltr %w0" : : "r"(TSS_SELECTOR));
}
