/* SPDX-License-Identifier: MIT */
/*
 * Where the memory ends at a page border, one page of zeros more is mapped.
 *
 * symptom: writing past the end of .bss goes unnoticed in some programs
 * fails: segments
 * see: Pages and segments do not agree
 */
/* in loader/elf_map.c */
static int segment_map(struct elf_image *image, const struct executable *file,
		       struct address_space *space, const struct elf64_phdr *segment)
{
	user_address start = segment->p_vaddr + image->bias, at;
	user_address file_end = start + segment->p_filesz, end = start + segment->p_memsz;
	struct map_request request = {
		.address = start & PAGE_MASK, .fixed = true,
		.bytes = file_end - (start & PAGE_MASK),
	};
	int error;

	if (!segment_is_sound(segment, start))
		return -EINVAL;
	error = file_part_map(space, file, segment, &request, &at);
	if (error || !segment->p_memsz)
		return error;
	tail_clear(segment, file_end);
	return zero_part_map(space, segment,
			     segment->p_filesz ? round_up(file_end, PAGE_SIZE) : start & PAGE_MASK,
			     round_up(start + segment->p_memsz + 1, PAGE_SIZE));
}
