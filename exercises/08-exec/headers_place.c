/* SPDX-License-Identifier: MIT */
/* in loader/elf.c */
/*
 * headers_place - AT_PHDR: the address at which the program finds its own program headers.
 *
 * The headers are at e_phoff of the file.  They are in memory when some PT_LOAD segment's part of the
 * file holds that offset.  C libraries look there for their TLS segment (PT_TLS); a program that moves
 * (ET_DYN) finds out by how much.  When no segment holds them: image->bias.
 *
 * Hint 1: byte p_offset of the file is at p_vaddr + bias.  Where is byte e_phoff?
 * Hint 2: offset >= p_offset, and offset - p_offset < p_filesz: in this order, the numbers are unsigned
 *	and a stranger's.
 */
static user_address headers_place(const struct elf_image *image)
{
	exercise("headers_place");
}
