/* SPDX-License-Identifier: MIT */
/*
 * Of the header only the magic number is looked at.
 *
 * symptom: a program for another machine is started, and dies
 * fails: malformed
 * see: The header is hostile
 */
/* in loader/elf_check.c */
int elf_image_read(struct elf_image *image, const struct executable *file, const uint8_t *head)
{
	size_t bytes;

	*image = (struct elf_image){ .segments = NULL };
	memcpy(&image->header, head, sizeof(image->header));
	if (memcmp(image->header.e_ident, ELFMAG, SELFMAG) != 0 || !image->header.e_phnum)
		return -ENOEXEC;
	bytes = image->header.e_phnum * sizeof(struct elf64_phdr);
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
