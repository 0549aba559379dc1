/* SPDX-License-Identifier: MIT */
/*
 * The rest of the last page of the file's part keeps what the file has there.
 *
 * symptom: variables that were never written to hold letters: the section names behind the data
 * fails: segments fresh_memory
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
	return zero_part_map(space, segment,
			     segment->p_filesz ? round_up(file_end, PAGE_SIZE) : start & PAGE_MASK,
			     round_up(end, PAGE_SIZE));
}
