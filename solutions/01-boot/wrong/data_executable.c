/* SPDX-License-Identifier: MIT */
/*
 * The kernel's data may be executed.
 *
 * symptom: whoever gets bytes into a kernel buffer has brought code along
 * fails: image_rights
 * see: The image's rights
 */
/* in arch/image.c */
static uint64_t page_rights(uint64_t at)
{
	uint64_t nx = cpu_features.nx ? ENTRY_NX : 0;

	if (at < (uint64_t)text_end)
		return ENTRY_PRESENT;
	if (at < (uint64_t)rodata_end || at >= (uint64_t)data_end)
		return ENTRY_PRESENT | nx;
	if (at == (uint64_t)boot_stack_guard)
		return 0;
	return ENTRY_PRESENT | ENTRY_WRITE;
}
