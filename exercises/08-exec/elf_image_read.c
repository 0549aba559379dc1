/* SPDX-License-Identifier: MIT */
/* in loader/elf_check.c */
/*
 * elf_image_read - the header and the program headers of a file, checked as far as they can be.
 *
 * `head` has the file's first bytes, at least as many as an ELF header has; zeros behind the file's
 * end.  0: image->header and image->segments (kmalloc'ed, e_phnum of them) are filled.  -ENOEXEC: this
 * is no program for this machine, or its program headers are not all there.  -ENOMEM.  When it fails,
 * nothing stays allocated.
 *
 * Nobody has vouched for the file.  What must be so (elf(5)): header_is_ours() says it of the header.
 * e_phoff is the stranger's own number, 64 bits wide: offset + bytes must not pass INT64_MAX, the
 * largest offset that a file can have.  The file may end in the middle of the table.
 *
 * Hint 1: executable_read() gives the number of bytes that it got.  Fewer than you asked for is not a
 *	negative number, and it is an error all the same: -ENOEXEC for either, as on Linux.
 * Hint 2: compare before you add: e_phoff > INT64_MAX - bytes.
 * Hint 3: begin with *image = (struct elf_image){ .segments = NULL }, and elf_image_free() is always
 *	allowed.
 */
int elf_image_read(struct elf_image *image, const struct executable *file, const uint8_t *head)
{
	exercise("elf_image_read");
}
