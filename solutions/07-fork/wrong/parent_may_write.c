/* SPDX-License-Identifier: MIT */
/*
 * Only the child's entries lose the right to write.
 *
 * symptom: a child sees what its parent wrote after fork()
 * fails: copies descendants
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

		if (frame->kind != FRAME_ANONYMOUS)
			continue;
		if (!to) {
			to = page_table_walk_create(copy->to->root, address);
			if (!to) {
				copy->failed = true;
				return;
			}
		}
		if (entry & PAGE_WRITE) {
			entry &= ~PAGE_WRITE;
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
