/* SPDX-License-Identifier: MIT */
/*
 * Read-only pages are read-only for programs alone: CR0.WP is clear.
 *
 * symptom: what a call stores for the child appears in the parent
 * fails: copies
 * see: The kernel writes, too
 */
/* in arch/cpu.c */
static void control_registers_init(void)
{
	uint64_t cr4 = cr4_read() | CR4_OSFXSR | CR4_OSXMMEXCPT;

	cr0_write((cr0_read() & ~(uint64_t)(CR0_EM | CR0_TS)) | CR0_MP | CR0_NE | CR0_AM);
	if (cpu_features.hwcap & CPUID_1_EDX_MCE)
		cr4 |= CR4_MCE;
	if (cpu_features.global_pages)
		cr4 |= CR4_PGE;
	if (cpu_features.smep)
		cr4 |= CR4_SMEP;
	if (cpu_features.smap)
		cr4 |= CR4_SMAP;
	if (cpu_features.umip)
		cr4 |= CR4_UMIP;
	if (cpu_features.xsave)
		cr4 |= CR4_OSXSAVE;
	cr4_write(cr4 & ~(uint64_t)CR4_FSGSBASE);
}
