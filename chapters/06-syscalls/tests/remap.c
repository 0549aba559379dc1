/* SPDX-License-Identifier: MIT */
/* remap.c - mremap: grows in place, moves, shrinks; the contents come along. */
#include "test.h"

#include <sys/mman.h>

#define RW (PROT_READ | PROT_WRITE)
#define MAYMOVE 1
#define FIXED 2

static long remap(const void *at, unsigned long old, unsigned long new, int flags, const void *to)
{
	return sys(SYS_mremap, at, old, new, flags, to);
}

#define TERABYTE (1UL << 40)

/* What moving and protecting cost must go by what is there, not by how large it is. */
static void large_and_empty(void)
{
	int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
	char *at = (char *)sys(SYS_mmap, 0, TERABYTE, RW, flags, -1, 0), *moved;

	at[TERABYTE / 2] = 'm';
	moved = (char *)remap(at, TERABYTE, 2 * TERABYTE, MAYMOVE, 0);
	observe("large_moved", (long)moved > 0 && moved[TERABYTE / 2] == 'm');
	observe("large_protected", sys(SYS_mprotect, moved, 2 * TERABYTE, PROT_NONE));
	observe("large_unmapped", sys(SYS_munmap, moved, 2 * TERABYTE));
}

TEST
{
	char *room = map_pages(16, RW), *moved, *target = map_pages(4, RW);

	sys(SYS_munmap, room + 4 * PAGE, 2 * PAGE);
	room[0] = 'f';
	room[4 * PAGE - 1] = 'l';
	observe("into_the_hole", remap(room, 4 * PAGE, 6 * PAGE, 0, 0) == (long)room);
	observe("new_is_zero", room[4 * PAGE] | room[6 * PAGE - 1]);
	observe("no_room", remap(room, 6 * PAGE, 7 * PAGE, 0, 0));
	moved = (char *)remap(room, 6 * PAGE, 7 * PAGE, MAYMOVE, 0);
	observe("moved", moved != room && (long)moved > 0);
	observe("contents", moved[0] == 'f' && moved[4 * PAGE - 1] == 'l' && moved[7 * PAGE - 1] == 0);
	observe("old_place", sys(SYS_write, REPORT, room, 1));
	observe("shrunk", remap(moved, 7 * PAGE, 2 * PAGE, 0, 0) == (long)moved);
	observe("tail_gone", sys(SYS_write, REPORT, moved + 2 * PAGE, 1));
	observe("fixed", remap(moved, 2 * PAGE, 2 * PAGE, MAYMOVE | FIXED, target) == (long)target);
	observe("fixed_contents", target[0] == 'f' && target[2 * PAGE] == '\n');
	observe("same_size", remap(target, 2 * PAGE, 2 * PAGE, 0, 0) == (long)target);
	observe("fixed_without_maymove", remap(target, PAGE, PAGE, FIXED, room));
	observe("fixed_overlaps", remap(target, 2 * PAGE, 2 * PAGE, MAYMOVE | FIXED, target + PAGE));
	observe("fixed_unaligned", remap(target, PAGE, PAGE, MAYMOVE | FIXED, room + 1));
	observe("unaligned", remap(target + 1, PAGE, PAGE, MAYMOVE, 0));
	observe("unknown_flag", remap(target, PAGE, PAGE, 64, 0));
	observe("to_nothing", remap(target, PAGE, 0, MAYMOVE, 0));
	observe("private_from_nothing", remap(target, 0, PAGE, MAYMOVE, 0));
	observe("unmapped", remap(room, PAGE, 2 * PAGE, MAYMOVE, 0));
	observe("too_large", remap(target, PAGE, 1UL << 47, MAYMOVE, 0));
	large_and_empty();
	observe("across_an_end", remap(target + 3 * PAGE, 64 * PAGE, 65 * PAGE, MAYMOVE, 0));
	return 0;
}
