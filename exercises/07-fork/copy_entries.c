/* SPDX-License-Identifier: MIT */
/* in memory/space_fork.c */
/*
 * copy_entries - share the private frames of one of the parent's level-1 tables with the child.
 *
 * `from` are `count` entries of the parent, the first of them for `address`; `data` is a struct copy.
 * For each entry that maps a frame of kind FRAME_ANONYMOUS (no other: pages of a file's cache and the
 * zero frame come again by fault):
 *
 *   - neither side may write any more: the next write of either makes a copy.  Set wrote_protected when
 *     the parent lost the right, so that its TLB is flushed (SDM vol. 3, 4.10.4.2) - by the caller, once;
 *   - the frame has one owner more: frame_get();
 *   - the child's entry is the parent's.
 *
 * The child's table comes with the first entry that needs it: page_table_walk_create(root, address)
 * gives the entry for `address`, those after it follow.  No memory: set failed, and return - what is
 * done so far stays, and the caller takes the child apart as any dead space.  At the end the new
 * entries count: page_entry_table(to)->entries, and resident[0] of the child.
 *
 * An entry may be without PAGE_PRESENT and yet map a frame (PROT_NONE): copy it too.
 *
 * Hint 1: page_entries_next(from, i, count) is the next used entry at or after i, or count.
 * Hint 2: page_entry_address() and frame_of() lead from an entry to its frame.
 * Hint 3: page_entry_table(from)->entries says how many there are: stop when you have seen them.
 * Parsons: per entry, put in order - to[i] = entry / from[i] = entry / skip other kinds / frame_get(frame)
 *	/ entry &= ~PAGE_WRITE / make the child's table if there is none yet / copied++ / if it is writable
 */
static void copy_entries(page_entry *from, user_address address, size_t count, void *data)
{
	exercise("copy_entries");
}
