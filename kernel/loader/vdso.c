/* SPDX-License-Identifier: MIT */
/*
 * vdso.c - the vDSO in a program's memory: [vvar], the kernel's numbers, and behind it [vdso], the
 * functions that read the clocks by them (arch/vdso/).  AT_SYSINFO_EHDR says where (vdso(7)).
 *
 * Both are one page, the same frame in all programs, held by a page cache that is never given back.
 * The areas are like private maps of a file: who writes to the code, as a debugger may, gets a copy
 * of his own; the numbers may never become writable, nor anything executable beside the code.  As
 * on Linux both may be moved or unmapped, but not grow, and locks do not count them (AREA_SPECIAL).
 * fork hands them on, exec maps them anew.
 *
 * The place is Linux's: above the stack, at a random page of what is left of its 2 MiB, so that no
 * page table more is needed; where that is taken, among the maps.
 *
 * `vdso=0` on the command line: there is none, and C libraries make calls instead.
 */
#include "abi/errno.h"
#include "lib/command_line.h"
#include "lib/random.h"
#include "lib/string.h"
#include "loader/program.h"
#include "memory/area.h"
#include "memory/page_cache.h"
#include "task/clock.h"

#define BYTES (2 * PAGE_SIZE) /* of both together */

extern const char vdso_image[], vdso_image_end[]; /* arch/vdso/image.S */

static struct page_cache code, data;
static bool is_there;

static const struct area_ops code_ops = { .fault = cache_fault, .name = "[vdso]" };
static const struct area_ops data_ops = { .fault = cache_fault, .name = "[vvar]" };

static void *page_make(struct page_cache *cache)
{
	struct frame *frame;

	page_cache_init(cache, NULL, NULL);
	cache->size = PAGE_SIZE;
	if (page_cache_obtain(cache, 0, &frame))
		panic("no memory for the vDSO");
	frame_put(frame); /* the cache's own count stays */
	return frame_address(frame);
}

void vdso_init(void)
{
	size_t bytes = (size_t)(vdso_image_end - vdso_image);

	assert(bytes && bytes <= PAGE_SIZE);
	if (!command_line_number("vdso", 1))
		return;
	memcpy(page_make(&code), vdso_image, bytes);
	clock_show(page_make(&data));
	is_there = true;
}

/* Where Linux would try first. */
static user_address place_wanted(const struct program *program)
{
	user_address low = round_up(program->at, PAGE_SIZE);
	user_address high = min(round_up(low + BYTES, PAGE_2M), USER_END) - BYTES;

	return high > low ? low + random_below((high - low) / PAGE_SIZE + 1) * PAGE_SIZE : low;
}

static user_address place_choose(const struct program *program)
{
	struct address_space *space = program->space;
	user_address at = place_wanted(program);

	if (at <= USER_END - BYTES && area_range_is_free(space, at, at + BYTES))
		return at;
	return area_place(space, BYTES, space->mmap_top);
}

static int page_map(struct address_space *space, user_address at, uint32_t flags,
		    struct page_cache *cache, const struct area_ops *ops)
{
	struct map_request request = {
		.address = at, .bytes = PAGE_SIZE, .fixed = true, .flags = flags | AREA_SPECIAL,
		.cache = cache, .ops = ops,
	};

	return area_map_locked(space, &request, &at);
}

int vdso_map(struct program *program)
{
	struct address_space *space = program->space;
	user_address at;
	int error;

	if (!is_there)
		return 0;
	rwlock_write_acquire(&space->lock);
	at = place_choose(program);
	error = at ? page_map(space, at, AREA_READ | AREA_MAY_READ, &data, &data_ops) : -ENOMEM;
	if (!error)
		error = page_map(space, at + PAGE_SIZE,
				 AREA_READ | AREA_EXECUTE | AREA_MAY_READ | AREA_MAY_WRITE |
					 AREA_MAY_EXECUTE,
				 &code, &code_ops);
	rwlock_write_release(&space->lock);
	if (!error)
		program->vdso = at + PAGE_SIZE;
	return error;
}
