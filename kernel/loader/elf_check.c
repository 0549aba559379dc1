/* SPDX-License-Identifier: MIT */
/*
 * elf_check.c - is this an ELF file that this machine can run?  Every field that is used is checked
 * here or where it is used; nobody has vouched for the file.
 *
 * Only program headers are looked at; section headers are for linkers and may be absent. Limits
 * are Linux's: headers that fill at most one page, of exactly the size that this ABI has.
 */
#include "abi/errno.h"
#include "lib/string.h"
#include "loader/elf.h"
#include "memory/heap.h"

static bool header_is_ours(const struct elf64_ehdr *header)
{
	return memcmp(header->e_ident, ELFMAG, SELFMAG) == 0 &&
	       (header->e_type == ET_EXEC || header->e_type == ET_DYN) &&
	       header->e_machine == EM_X86_64 &&
	       header->e_phentsize == sizeof(struct elf64_phdr) && header->e_phnum > 0 &&
	       header->e_phnum <= ELF_SEGMENTS_MAX;
}

int elf_image_read(struct elf_image *image, const struct executable *file, const uint8_t *head)
{
	size_t bytes;

	*image = (struct elf_image){ .segments = NULL };
	memcpy(&image->header, head, sizeof(image->header));
	if (!header_is_ours(&image->header))
		return -ENOEXEC;
	assert(!image->segments);
	bytes = image->header.e_phnum * sizeof(struct elf64_phdr);
	/* The sum below must stay a file offset. */
	if (image->header.e_phoff > INT64_MAX - bytes)
		return -ENOEXEC;
	image->segments = kmalloc(bytes);
	if (!image->segments)
		return -ENOMEM;
	if (executable_read(file, image->header.e_phoff, image->segments, bytes) !=
	    (ssize_t)bytes) {
		elf_image_free(image);
		return -ENOEXEC;
	}
	return 0;
}

void elf_image_free(struct elf_image *image)
{
	kfree(image->segments);
	image->segments = NULL;
}

const struct elf64_phdr *elf_segment_find(const struct elf_image *image, uint32_t type)
{
	for (unsigned i = 0; i < image->header.e_phnum; i++) {
		if (image->segments[i].p_type == type)
			return &image->segments[i];
	}
	return NULL;
}
