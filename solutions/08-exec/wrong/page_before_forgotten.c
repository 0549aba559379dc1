/* SPDX-License-Identifier: MIT */
/*
 * The length that is mapped is that of the segment, though the mapping begins before it.
 *
 * symptom: a program dies at a function near the end of its code
 * fails: segments rights libc
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
		.bytes = segment->p_filesz,
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
			     round_up(end, PAGE_SIZE));
}
