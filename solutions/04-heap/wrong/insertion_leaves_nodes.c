/* SPDX-License-Identifier: MIT */
/*
 * A refused insertion leaves the nodes that it had made.
 *
 * symptom: a file's page cache has empty nodes that nobody frees
 * fails: radix_no_memory
 * see: Whoever fails cleans up
 */
/* in lib/radix.c */
int radix_insert(struct radix *radix, uint64_t index, void *value)
{
	int error;

	assert(value);
	if (radix_get(radix, index))
		return -EEXIST;
	error = radix_grow(radix, index);
	return error ? error : radix_insert_low(radix, index, value);
}
