/* SPDX-License-Identifier: MIT */
/*
 * Headers that are only partly there count as read.
 *
 * symptom: a file that was cut off is run, with whatever memory holds for its headers
 * fails: malformed
 * see: The header is hostile
 */
/* in loader/elf_check.c */
int elf_image_read(struct elf_image *image, const struct executable *file, const uint8_t *head)
{
	size_t bytes;

	*image = (struct elf_image){ .segments = NULL };
	memcpy(&image->header, head, sizeof(image->header));
	if (!header_is_ours(&image->header))
		return -ENOEXEC;
	bytes = image->header.e_phnum * sizeof(struct elf64_phdr);
	if (image->header.e_phoff > INT64_MAX - bytes)
		return -ENOEXEC;
	image->segments = kzalloc(bytes);
	if (!image->segments)
		return -ENOMEM;
	if (executable_read(file, image->header.e_phoff, image->segments, bytes) < 0) {
		elf_image_free(image);
		return -ENOEXEC;
	}
	return 0;
}
