/* SPDX-License-Identifier: MIT */
/*
 * Every segment may be read, written and executed.
 *
 * symptom: all programs run; a stray write into code is seen hours later
 * fails: segments rights
 * see: Rights
 */
/* in loader/elf_map.c */
static uint32_t protection_of(const struct elf64_phdr *segment)
{
	return AREA_READ | AREA_WRITE | AREA_EXECUTE | AREA_MAY_READ | AREA_MAY_WRITE |
	       AREA_MAY_EXECUTE;
}
