/* SPDX-License-Identifier: MIT */
/*
 * The parent's TLB is not flushed after fork.
 *
 * symptom: a child sees what its parent wrote right after fork(), but not always
 * fails: descendants
 * see: Who may still write
 */
/* in memory/space_fork.c */
static bool copy_areas(struct address_space *to, struct address_space *from)
{
	struct copy copy = { .to = to };
	bool done = true;

	for (struct area *area = area_first(from); area && done; area = area_next(area))
		done = copy_area(&copy, area);
	return done;
}
