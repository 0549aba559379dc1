/* SPDX-License-Identifier: MIT */
/* in loader/elf_map.c */
/*
 * protection_of - the area flags of a segment: its rights now, and those that it may be given later.
 *
 * PF_R, PF_W and PF_X of p_flags are independent of each other; a segment has the rights that its
 * header names and no others.  (What the processor makes of them: it has no page that can be written
 * or executed and not read.)  A private mapping may be given any right by mprotect(2) later:
 * AREA_MAY_READ, AREA_MAY_WRITE, AREA_MAY_EXECUTE.
 *
 * Hint: PF_X is 1, PF_W 2, PF_R 4.  The area's bits are others: test each one.
 */
static uint32_t protection_of(const struct elf64_phdr *segment)
{
	exercise("protection_of");
}
