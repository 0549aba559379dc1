/* SPDX-License-Identifier: MIT */
/*
 * page_range.c - map, unmap and protect ranges, with pages of all three sizes.
 *
 * Mapping takes the largest page that the alignment of both addresses, the rest of the range and
 * the processor allow.  Unmapping and protecting may begin or end inside a large page: that one is
 * first split into the 512 pages that it stands for.  Splitting is all that can fail, and it
 * changes no translation, so it comes first, at both ends; from there on there is no way back.
 */
#include "memory/page_table.h"

#include "abi/errno.h"

#define PAGE_RIGHTS (PAGE_WRITE | PAGE_USER | PAGE_NX)

/* A page can be written or reached by programs only if all levels say so, and is not executable if
 * any says so (SDM vol. 3A, "Determination of Access Rights"). */
bool page_table_translate(physical_address root, uint64_t address, physical_address *to,
			  uint64_t *flags)
{
	uint64_t both = PAGE_WRITE | PAGE_USER, any = 0;
	physical_address table = root;

	for (unsigned level = 4;; level--) {
		unsigned index = address / page_level_bytes(level) % 512;
		page_entry entry = ((page_entry *)direct_map(table))[index];
		uint64_t inside = address & (page_level_bytes(level) - 1);

		if (!(entry & PAGE_PRESENT))
			return false;
		both &= entry;
		any |= entry & PAGE_NX;
		table = page_entry_address(entry);
		if (level > 1 && !(entry & PAGE_LARGE))
			continue;
		*to = (table & ~(page_level_bytes(level) - 1)) + inside;
		*flags = (entry & ~(PAGE_ADDRESS | PAGE_RIGHTS)) | both | any;
		return true;
	}
}

/* Both addresses must be aligned to the page, for the lower bits go through untranslated; 1 GiB
 * pages are not in every processor. */
static unsigned largest_level(uint64_t address, physical_address to, uint64_t bytes,
			      uint64_t largest)
{
	unsigned level = cpu_features.pages_1g ? 3 : 2;

	while (level > 1 && (page_level_bytes(level) > min(bytes, largest) ||
			     ((address | to) & (page_level_bytes(level) - 1))))
		level--;
	return level;
}

/* -EEXIST before anything is allocated: an entry in use, or a larger page that covers it, stays as
 * it is. */
static int map_one(physical_address root, uint64_t address, page_entry value, unsigned level)
{
	page_entry *entry;
	unsigned found;

	entry = page_table_walk(root, address, &found);
	if (found < level || *entry)
		return -EEXIST;
	entry = page_table_walk_level(root, address, level);
	if (!entry)
		return -ENOMEM;
	page_entry_set(entry, level > 1 ? value | PAGE_LARGE : value);
	return 0;
}

int page_table_map(physical_address root, uint64_t address, physical_address to, uint64_t bytes,
		   uint64_t flags, uint64_t largest)
{
	uint64_t done = 0;

	assert(!((address | to | bytes) & ~PAGE_MASK));
	while (done < bytes) {
		unsigned level = largest_level(address + done, to + done, bytes - done, largest);
		page_entry value = (to + done) | page_flags(flags) | PAGE_PRESENT;
		int error = map_one(root, address + done, value, level);

		if (error) {
			page_table_unmap(root, address, done);
			return error;
		}
		done += page_level_bytes(level);
	}
	return 0;
}

/* Replaces a large page by a table of pages of the next smaller size with the same rights. */
static int page_split(page_entry *entry, unsigned level)
{
	page_entry large = *entry, *entries;
	struct frame *table = frame_alloc(FRAME_PAGE_TABLE, 0);

	if (!table)
		return -ENOMEM;
	/* In an entry of the lowest level that bit would select memory types (PAT). */
	if (level == 2)
		large &= ~PAGE_LARGE;
	entries = frame_address(table);
	for (unsigned i = 0; i < 512; i++)
		entries[i] = large + i * page_level_bytes(level - 1);
	table->entries = 512; /* none is free: page_table_prune() must not take it for empty */
	*entry = frame_physical(table) | PAGE_PRESENT | PAGE_WRITE | (large & PAGE_USER);
	return 0;
}

/* Makes `address` a border between pages. */
static int split_at(physical_address root, uint64_t address)
{
	for (;;) {
		unsigned level;
		page_entry *entry = page_table_walk(root, address, &level);
		int error;

		if (!*entry || !(address & (page_level_bytes(level) - 1)))
			return 0;
		error = page_split(entry, level);
		if (error)
			return error;
		tlb_flush_page(address);
	}
}

/* Both ends before any change; if the second fails, the first was split for nothing, which nobody
 * can see. */
static int split_ends(physical_address root, uint64_t address, uint64_t bytes)
{
	int error;

	assert(!((address | bytes) & ~PAGE_MASK));
	error = split_at(root, address);
	return error ? error : split_at(root, address + bytes);
}

int page_table_unmap(physical_address root, uint64_t address, uint64_t bytes)
{
	uint64_t end = address + bytes;
	int error;

	if (!bytes)
		return 0;
	error = split_ends(root, address, bytes);
	if (error)
		return error;
	for (uint64_t at = address, left = bytes; left;) {
		unsigned level;
		page_entry *entry = page_table_walk(root, at, &level);
		uint64_t step = page_level_bytes(level) - (at & (page_level_bytes(level) - 1));

		if (*entry) {
			page_entry_clear(entry);
			tlb_flush_page(at);
		}
		step = min(step, left);
		at += step;
		left -= step;
	}
	page_table_prune(root, address, end);
	return 0;
}

/* Absent pages stay absent; the flush is for each page that had an entry, since rights may have
 * become fewer. */
int page_table_protect(physical_address root, uint64_t address, uint64_t bytes, uint64_t flags)
{
	int error;

	if (!bytes)
		return 0;
	error = split_ends(root, address, bytes);
	if (error)
		return error;
	while (bytes) {
		unsigned level;
		page_entry *entry = page_table_walk(root, address, &level);
		uint64_t step = page_level_bytes(level) - (address & (page_level_bytes(level) - 1));

		if (*entry) {
			*entry = (*entry & ~PAGE_RIGHTS) | page_flags(flags & PAGE_RIGHTS);
			tlb_flush_page(address);
		}
		step = min(step, bytes);
		address += step;
		bytes -= step;
	}
	return 0;
}
