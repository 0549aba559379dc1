/* SPDX-License-Identifier: MIT */
/*
 * The links between freed objects are plain addresses.
 *
 * symptom: one late write, and the next object lies where the writer wants
 * fails: slab_late_write
 * see: What a free can know
 */
/* in memory/slab.c */
static uint64_t link_encipher(const void *object, const void *next)
{
	(void)object;
	return (uint64_t)next;
}
static void *link_decipher(const void *object)
{
	return (void *)*(const uint64_t *)object;
}
