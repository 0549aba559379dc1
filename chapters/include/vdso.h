/* SPDX-License-Identifier: MIT */
/*
 * vdso.h - finding functions in the vDSO, as C libraries do (vdso(7)): by its dynamic section's
 * symbol table, whose length the old hash table tells.
 */
#pragma once

#include <elf.h>
#include <stddef.h>
#include <string.h>

struct vdso {
	const char *image; /* what AT_SYSINFO_EHDR says; the library is linked to start at 0 */
	const Elf64_Sym *symbols;
	const Elf64_Half *versions;
	const Elf64_Verdef *definitions;
	const char *strings;
	const Elf64_Word *hash, *gnu_hash;
	int relocations, loads;
	Elf64_Word rights; /* p_flags of the last PT_LOAD */
	const char *soname;
};

static inline void vdso_dynamic(struct vdso *vdso, const Elf64_Dyn *entry)
{
	Elf64_Xword soname = 0;

	for (; entry->d_tag != DT_NULL; entry++) {
		const void *at = vdso->image + entry->d_un.d_ptr;

		switch (entry->d_tag) {
		case DT_SYMTAB: vdso->symbols = at; break;
		case DT_STRTAB: vdso->strings = at; break;
		case DT_HASH: vdso->hash = at; break;
		case DT_GNU_HASH: vdso->gnu_hash = at; break;
		case DT_VERSYM: vdso->versions = at; break;
		case DT_VERDEF: vdso->definitions = at; break;
		case DT_SONAME: soname = entry->d_un.d_val; break;
		case DT_RELA: case DT_REL: case DT_JMPREL: vdso->relocations++; break;
		}
	}
	vdso->soname = vdso->strings + soname;
}

/* `image` is an ELF file with a dynamic section. */
static inline struct vdso vdso_open(const void *image)
{
	const Elf64_Ehdr *header = image;
	const Elf64_Phdr *segment = (const void *)((const char *)image + header->e_phoff);
	struct vdso vdso = { .image = image };

	for (int i = 0; i < header->e_phnum; i++) {
		if (segment[i].p_type == PT_LOAD) {
			vdso.loads++;
			vdso.rights = segment[i].p_flags;
		}
	}
	for (int i = 0; i < header->e_phnum; i++)
		if (segment[i].p_type == PT_DYNAMIC)
			vdso_dynamic(&vdso, (const void *)(vdso.image + segment[i].p_offset));
	return vdso;
}

static inline const Elf64_Sym *vdso_symbol(const struct vdso *vdso, const char *name)
{
	for (Elf64_Word i = 0; i < vdso->hash[1]; i++)
		if (!strcmp(vdso->strings + vdso->symbols[i].st_name, name))
			return &vdso->symbols[i];
	return NULL;
}

static inline void *vdso_function(const struct vdso *vdso, const char *name)
{
	const Elf64_Sym *symbol = vdso_symbol(vdso, name);

	return symbol ? (void *)(vdso->image + symbol->st_value) : NULL;
}

/* The version that a symbol belongs to, or "". */
static inline const char *vdso_version(const struct vdso *vdso, const Elf64_Sym *symbol)
{
	Elf64_Half wanted = vdso->versions[symbol - vdso->symbols] & 0x7fff;
	const Elf64_Verdef *definition = vdso->definitions;

	while (definition->vd_ndx != wanted) {
		if (!definition->vd_next)
			return "";
		definition = (const void *)((const char *)definition + definition->vd_next);
	}
	return vdso->strings + ((const Elf64_Verdaux *)((const char *)definition +
							definition->vd_aux))->vda_name;
}
