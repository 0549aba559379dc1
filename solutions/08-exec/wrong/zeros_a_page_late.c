/* SPDX-License-Identifier: MIT */
/*
 * Zeros begin at the next page border, also in a segment that has nothing of the file.
 *
 * symptom: a program whose .bss is a segment of its own dies at its first variable
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
			     round_up(file_end, PAGE_SIZE),
			     round_up(end, PAGE_SIZE));
}
