/* SPDX-License-Identifier: MIT */
/*
 * AT_PHDR is what PT_PHDR says, wherever the headers are.
 *
 * symptom: a program that was edited by a tool looks for its headers where they were
 * fails: segments
 * see: The auxiliary vector
 */
/* in loader/elf.c */
static user_address headers_place(const struct elf_image *image)
{
	const struct elf64_phdr *headers = elf_segment_find(image, PT_PHDR);

	if (headers)
		return headers->p_vaddr + image->bias;
	uint64_t offset = image->header.e_phoff;

	for (unsigned i = 0; i < image->header.e_phnum; i++) {
		const struct elf64_phdr *segment = &image->segments[i];

		if (segment->p_type == PT_LOAD && offset >= segment->p_offset &&
		    offset - segment->p_offset < segment->p_filesz)
			return offset - segment->p_offset + segment->p_vaddr + image->bias;
	}
	return image->bias;
}
