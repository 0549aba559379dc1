/* SPDX-License-Identifier: MIT */
/*
 * Shared memory is made copy-on-write like private memory.
 *
 * symptom: what one process writes to shared memory, no other sees
 * fails: copy_on_write
 * see: Who may still write
 */
/* in memory/space_fork.c */
static void copy_entries(page_entry *from, user_address address, size_t count, void *data)
{
	struct copy *copy = data;
	uint64_t copied = 0, left = page_entry_table(from)->entries;
	page_entry *to = NULL;

	for (size_t i = 0; left && (i = page_entries_next(from, i, count)) < count; i++, left--) {
		page_entry entry = from[i];
		struct frame *frame = frame_of(page_entry_address(entry));

		if (!to) {
			to = page_table_walk_create(copy->to->root, address);
			if (!to) {
				copy->failed = true;
				return;
			}
		}
		if (entry & PAGE_WRITE) {
			entry &= ~PAGE_WRITE;
			from[i] = entry;
			copy->wrote_protected = true;
		}
		frame_get(frame);
		to[i] = entry;
		copied++;
	}
	if (copied) {
		page_entry_table(to)->entries += copied;
		copy->to->resident[0] += copied;
	}
}

static bool copy_area(struct copy *copy, struct area *from)
{
	struct area *area;

	if (from->flags & AREA_DONT_FORK)
		return true;
	area = area_alloc();
	if (!area)
		return false;
	area->space = copy->to;
	area->start = from->start;
	area->end = from->end;
	area->flags = from->flags & ~AREA_LOCKED;
	area->ops = from->ops;
	area->cache = from->cache;
	area->offset = from->offset;
	area->file = from->file;
	area_enter(area);
	if (!(from->flags & AREA_WIPE_ON_FORK))
		copy_pages(copy, from->space, from);
	return !copy->failed;
}
