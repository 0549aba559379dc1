/* SPDX-License-Identifier: MIT */
/*
 * elf.h - the executable format: System V ABI (gABI chapters 4 and 5), AMD64 supplement.
 * Only what loading a program needs.
 */
#pragma once

#include <stdint.h>

struct elf64_ehdr {
	uint8_t e_ident[16];
	uint16_t e_type, e_machine;
	uint32_t e_version;
	uint64_t e_entry, e_phoff, e_shoff; /* an address; bytes in the file */
	uint32_t e_flags;
	uint16_t e_ehsize, e_phentsize, e_phnum, e_shentsize, e_shnum, e_shstrndx;
};
struct elf64_phdr {
	uint32_t p_type, p_flags;
	uint64_t p_offset, p_vaddr, p_paddr, p_filesz, p_memsz, p_align; /* bytes */
};
struct elf64_nhdr {
	uint32_t n_namesz, n_descsz, n_type;
};

/* e_ident */
#define EI_CLASS   4
#define EI_DATA    5
#define EI_VERSION 6
#define EI_OSABI   7
#define ELFMAG	"\177ELF"
#define SELFMAG         4
#define ELFCLASS64      2
#define ELFDATA2LSB     1
#define EV_CURRENT      1
#define ELFOSABI_NONE   0
#define ET_REL          1
#define ET_EXEC         2
#define ET_DYN          3
#define ET_CORE         4
#define EM_X86_64       62
#define PT_NULL         0x0
#define PT_LOAD         0x1
#define PT_DYNAMIC      0x2
#define PT_INTERP       0x3
#define PT_NOTE         0x4
#define PT_SHLIB        0x5
#define PT_PHDR         0x6
#define PT_TLS          0x7
#define PT_GNU_STACK    0x6474e551
#define PT_GNU_PROPERTY 0x6474e553
#define PF_X            0x1
#define PF_W            0x2
#define PF_R            0x4
