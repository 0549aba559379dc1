/* SPDX-License-Identifier: MIT */
/* in loader/elf_map.c */
/*
 * segment_map - a PT_LOAD segment becomes memory of `space`: 0, -EINVAL, or what area_map() says.
 *
 * Memory from p_vaddr + bias: p_filesz bytes of the file, then zeros up to p_memsz.  The page table
 * knows pages only, so three things are to be done:
 *	the pages that hold something of the file	file_part_map()
 *	the rest of the last of them, from the end of the file's part	tail_clear()
 *	whole pages of zeros behind it			zero_part_map()
 *
 * Invariants: areas begin and end at pages; the segment's first byte is at exactly p_vaddr + bias
 * (the page in which it lies begins earlier, and so does what is mapped of the file); nothing behind
 * the page of the last byte of memory is mapped.  segment_is_sound() first: p_memsz >= p_filesz, and
 * all of it below USER_END.
 *
 * file_part_map() takes a struct map_request with the place (.address, .bytes, .fixed) and fills in
 * the rest; .bytes need not be a multiple of pages.  It maps nothing when p_filesz is 0.
 *
 * Hint 1: three numbers are enough: start, file_end = start + p_filesz, end = start + p_memsz.
 * Hint 2: from start & PAGE_MASK to file_end: how many bytes?  More than p_filesz.
 * Hint 3: where do the whole pages of zeros start when the file has something, where when it has not?
 * Hint 4: a segment without memory (p_memsz 0) has no tail and no zeros.
 * Parsons: put in order - if (error || !segment->p_memsz) return error; / if (!segment_is_sound(...))
 *	return -EINVAL; / return zero_part_map(...); / error = file_part_map(...); / tail_clear(...);
 */
static int segment_map(struct elf_image *image, const struct executable *file,
		       struct address_space *space, const struct elf64_phdr *segment)
{
	exercise("segment_map");
}
