/* SPDX-License-Identifier: MIT */
/*
 * fpu_areas.c - a fresh area of FPU registers is made of junk, and is all that changes.
 */
#include "arch/arch.h"
#include "ktest.h"
#include "lib/assert.h"
#include "lib/string.h"

#define JUNK	 0xa5
#define CONTROL	 0 /* where FXSAVE writes: SDM vol. 1, table 10-2 */
#define MXCSR	 24
#define MASK	 28
#define BYTES	 8192
#define BEYOND	 64 /* bytes behind the area that are looked at */

static uint8_t fresh[BYTES] aligned(64), saved[BYTES] aligned(64);

static uint32_t word_at(const uint8_t *area, unsigned offset)
{
	uint32_t word;

	memcpy(&word, area + offset, sizeof(word));
	return word;
}

static void fpu_area(void)
{
	unsigned not_zero = 0, changed = 0;

	assert(fpu_area_size + BEYOND <= BYTES);
	memset(fresh, JUNK, BYTES);
	fpu_area_reset((struct fpu_area *)fresh);
	fpu_save_fresh((struct fpu_area *)saved);
	observe("control=%#x mxcsr=%#x", word_at(fresh, CONTROL), word_at(fresh, MXCSR));
	observe("mask_is_the_processors=%d", word_at(fresh, MASK) == word_at(saved, MASK));
	for (size_t i = 4; i < fpu_area_size; i++)
		not_zero += fresh[i] && (i < MXCSR || i >= MASK + 4);
	for (size_t i = 0; i < BEYOND; i++)
		changed += fresh[fpu_area_size + i] != JUNK;
	observe("not_zero=%u changed_beyond=%u", not_zero, changed);
}
KTEST(fpu_area);
