/* SPDX-License-Identifier: MIT */
/*
 * AT_PHDR is where the linker put the headers, not where they are.
 *
 * symptom: position-independent programs die before main()
 * fails: pie
 * see: The auxiliary vector
 */
/* in loader/elf.c */
static user_address headers_place(const struct elf_image *image)
{
	uint64_t offset = image->header.e_phoff;

	for (unsigned i = 0; i < image->header.e_phnum; i++) {
		const struct elf64_phdr *segment = &image->segments[i];

		if (segment->p_type == PT_LOAD && offset >= segment->p_offset &&
		    offset - segment->p_offset < segment->p_filesz)
			return offset - segment->p_offset + segment->p_vaddr;
	}
	return image->bias;
}
