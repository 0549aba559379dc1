/* SPDX-License-Identifier: MIT */
/*
 * executable_read.c - reading a few bytes of an executable: headers, interpreter names.  Everything
 * else of it is mapped, never read.
 *
 * Bytes come from the page cache, so a program's first page is read once for both its headers and
 * its code. The size is looked at once: a file cannot be written while it is executed, but it may
 * be truncated before the denial was in force.
 */
#include "lib/string.h"
#include "loader/program.h"

ssize_t executable_read(const struct executable *executable, uint64_t offset, void *to,
			size_t bytes)
{
	uint64_t size = read_once(executable->cache->size);
	size_t done = 0;

	if (offset >= size)
		return 0;
	bytes = min(bytes, size - offset);
	while (done < bytes) {
		uint64_t at = offset + done, within = at % PAGE_SIZE;
		size_t now = min(bytes - done, PAGE_SIZE - within);
		struct frame *frame;
		int error = page_cache_obtain(executable->cache, at / PAGE_SIZE, &frame);

		if (error)
			return error;
		assert(within + now <= PAGE_SIZE);
		memcpy((char *)to + done, (char *)frame_address(frame) + within, now);
		frame_put(frame);
		done += now;
	}
	return (ssize_t)done;
}
