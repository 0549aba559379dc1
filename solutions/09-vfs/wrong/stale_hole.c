/* SPDX-License-Identifier: MIT */
/*
 * A new page of a file holds what the write brought, and whatever its frame held before.
 *
 * symptom: holes of a file show other programs' old memory
 * fails: seeking
 * see: Reading and writing
 */
/* in memory/page_cache_io.c */
static ssize_t page_write_new(struct page_cache *cache, struct io *from, uint64_t position,
			      size_t bytes)
{
	struct frame *frame = frame_alloc(FRAME_CACHE, FRAME_MAY_RECLAIM);
	size_t offset = position % PAGE_SIZE, moved;
	char *page;
	int error;

	if (!frame)
		return -ENOMEM;
	page = frame_address(frame);
	moved = io_copy_from_nofault(page + offset, from, bytes);
	if (!moved) {
		frame_put(frame);
		return 0;
	}
	frame->flags |= FRAME_DIRTY;
	error = page_cache_insert(cache, position >> PAGE_SHIFT, frame);
	if (error) {
		frame_put(frame);
		return error;
	}
	return moved;
}
