/* SPDX-License-Identifier: MIT */
/*
 * symbols.c - looks addresses up in the table that the second link appended to the image: sorted by
 * address, so that a function is the last entry at or below an address in the code.
 *
 * Used by panics and by the log: no locks, no memory, and an address that is nowhere gives NULL.
 */
#include "lib/symbols.h"

struct symbol {
	uint64_t address;
	const char *name;
};
/* From the generated object; equal in the first link. */
extern const struct symbol symbol_table_start[], symbol_table_end[];
extern const char text_end[]; /* kernel.ld */

const char *symbol_name(uint64_t address, uint64_t *offset)
{
	const struct symbol *low = symbol_table_start, *high = symbol_table_end;

	if (low == high || address < low->address || address >= (uint64_t)text_end)
		return NULL;
	/* Invariant: low->address <= address; high is the end or beyond `address`. */
	while (high - low > 1) {
		const struct symbol *middle = low + (high - low) / 2;

		if (middle->address <= address)
			low = middle;
		else
			high = middle;
	}
	*offset = address - low->address;
	return low->name;
}
