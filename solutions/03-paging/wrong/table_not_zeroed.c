/* SPDX-License-Identifier: MIT */
/*
 * A new table is used as it comes: what was in its frame are entries now.
 *
 * symptom: garbage is mapped beside each first page of a region
 * fails: walk_random tables_clean
 * see: New tables
 */
/* in memory/page_table.c */
static struct frame *table_alloc(void)
{
	struct frame *frame = spare_pop(&spare_tables);

	if (!frame) {
		frame = frame_alloc(FRAME_PAGE_TABLE, 0);
		if (frame)
			frame->entries = 0;
		return frame;
	}
	if (!allocation_fails())
		return frame;
	spare_push(&spare_tables, frame);
	return NULL;
}
