/* SPDX-License-Identifier: MIT */
/*
 * The length is rounded down: of a page that is asked for in part nothing goes.
 *
 * symptom: munmap(p, 100) succeeds, and p is still there
 * fails: unmap
 * see: Cutting areas
 */
/* in memory/area_map.c */
int area_unmap(struct address_space *space, user_address start, uint64_t bytes)
{
	int error;

	if (!range_is_valid(start, bytes) || !bytes)
		return -EINVAL;
	bytes = round_down(bytes, PAGE_SIZE);
	rwlock_write_acquire(&space->lock);
	error = area_unmap_locked(space, start, start + bytes);
	rwlock_write_release(&space->lock);
	return error;
}
