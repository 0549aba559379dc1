/* SPDX-License-Identifier: MIT */
/* in memory/page_cache_io.c */
/*
 * page_cache_read - bytes of a file from `position` on, page by page, to->left of them at most.
 *
 * Returns what was moved: less than asked at the end of the file, 0 behind it.  page_read() copies
 * within one page and knows what a hole is; it returns how much it moved, or -errno.  When it moves less than
 * you asked, the destination was bad at that byte: -EFAULT, but only if nothing at all was moved.  The
 * same holds of its errors: read(2) reports an error only when there is nothing else to report
 * (done_or()).
 *
 * The file may shrink or grow while the copy sleeps in a page fault, so look at cache->size anew
 * before each page (read_once()).
 *
 * Hint 1: three bounds on what one step moves: to->left, the end of the page, the end of the file.
 * Hint 2: io_copy_to(), which page_read() calls, counts to->left down.  `done` and `position` are yours.
 */
ssize_t page_cache_read(struct page_cache *cache, struct io *to, uint64_t position)
{
	exercise("page_cache_read");
}
