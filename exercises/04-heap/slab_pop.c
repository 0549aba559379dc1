/* SPDX-License-Identifier: MIT */
/* in memory/slab.c */
/*
 * slab_pop - takes one object out of a slab that has one.
 *
 * The freed ones first: they are a list from slab->free on, linked by their first word, which
 * link_decipher() reads.  When there is none, the next fresh one: object n lies n * cache->stride bytes
 * behind frame_address(slab).
 *
 * A link that leads out of the slab was overwritten by somebody who had freed the object (NULL
 * is the list's end).  Stop there with an assertion: to follow it is to give away memory that an attacker
 * or an accident chose.  An object that is handed out must not look free any more: clear its first word.
 *
 * Hint 1: check the link before slab->free takes it.
 * Hint 2: slab_has() says whether an address is in the slab.
 */
static void *slab_pop(struct slab_cache *cache, struct frame *slab)
{
	exercise("slab_pop");
}
