/* SPDX-License-Identifier: MIT */
/*
 * elf.h - one ELF file while it is being loaded: the program, or its interpreter.
 */
#pragma once

#include "abi/elf.h"
#include "loader/program.h"

#define ELF_SEGMENTS_MAX (PAGE_SIZE / sizeof(struct elf64_phdr)) /* Linux: one page of headers */

struct elf_image {
	struct elf64_ehdr header;
	struct elf64_phdr *segments; /* kmalloc'ed: header.e_phnum of them */
	/* once it is mapped: */
	uint64_t bias;		  /* what is added to the file's addresses */
	user_address start, end;  /* of all PT_LOADs; end is that of the memory, not rounded */
	user_address code_start, code_end, data_start, data_end;
};

/* ---- elf_check.c ---- */
/* Takes the header from `head` and reads the program headers: -ENOEXEC whatever is wrong. */
int elf_image_read(struct elf_image *image, const struct executable *file, const uint8_t *head);
void elf_image_free(struct elf_image *image);
/* The first segment of the type, or NULL. */
const struct elf64_phdr *elf_segment_find(const struct elf_image *image, uint32_t type);

/* ---- elf_map.c ---- */
enum elf_place {
	ELF_AS_LINKED, /* ET_EXEC: where its addresses say */
	ELF_AT_BASE,   /* a PIE with an interpreter: at the base that exec chose */
	ELF_ANYWHERE,  /* an interpreter: on any page */
	ELF_ALIGNED,   /* a static PIE: anywhere, on the p_align of its segments */
};
/* Maps every PT_LOAD into `space`, the current task's.  -EINVAL, -ENOMEM, -EFAULT ... */
int elf_image_map(struct elf_image *image, const struct executable *file,
		  struct address_space *space, enum elf_place place, user_address base);
