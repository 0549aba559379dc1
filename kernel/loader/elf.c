/* SPDX-License-Identifier: MIT */
/*
 * elf.c - ELF programs: statically linked, position-independent, and those that name an interpreter
 * (the dynamic linker), which is then mapped too and entered in the program's place.
 *
 * What Linux refuses, with which error and when, is part of the interface: a file whose *headers*
 * are unusable is -ENOEXEC and the caller lives; an interpreter that is missing is its own error;
 * one that is no ELF file is -ELIBBAD.  What shows only while mapping (segments in the kernel's
 * half, memsz < filesz, offsets that do not match addresses) comes behind the point of no return,
 * and the program dies.
 *
 * Sources: elf(5); System V ABI, AMD64 supplement, chapter 5; Linux's fs/binfmt_elf.c where they
 * leave something open. The interpreter is opened and checked before the point of no return as
 * well, so a missing dynamic linker is an error that the caller sees.
 *
 * Locks: the new space's own, inside area_map(); the files are counted and barred from writing.
 */
#include "abi/auxv.h"
#include "abi/errno.h"
#include "abi/fcntl.h"
#include "abi/limits.h"
#include "lib/registry.h"
#include "lib/string.h"
#include "loader/elf.h"
#include "loader/exec.h"
#include "memory/heap.h"

struct elf_load {
	struct elf_image main, interpreter;
	struct executable interpreter_file; /* cache is NULL: there is no interpreter */
};

/* ---- before the point of no return ---- */

/* ENOEXEC for a name that cannot be one, EIO where the file ends before it: as Linux tells them
 * apart. */
static int interpreter_name_read(const struct executable *file, const struct elf64_phdr *segment,
				 char **name)
{
	ssize_t got;

	/* A name of one byte would be the empty one, with its NUL. */
	if (segment->p_filesz < 2 || segment->p_filesz > PATH_MAX)
		return -ENOEXEC;
	*name = kmalloc(segment->p_filesz);
	if (!*name)
		return -ENOMEM;
	got = executable_read(file, segment->p_offset, *name, segment->p_filesz);
	if (got == (ssize_t)segment->p_filesz && (*name)[got - 1] == '\0')
		return 0;
	kfree(*name);
	if (got < 0)
		return (int)got;
	return got == (ssize_t)segment->p_filesz ? -ENOEXEC : -EIO;
}

/* What is opened here is closed by load_end(), also after an error. */
static int interpreter_open(struct elf_load *load, const struct executable *file,
			    const struct elf64_phdr *segment)
{
	uint8_t head[sizeof(struct elf64_ehdr)];
	ssize_t got;
	char *name;
	int error = interpreter_name_read(file, segment, &name);

	if (error)
		return error;
	/* Linux lets "" stand for the current directory here, which then is no file to run */
	error = executable_open(AT_FDCWD, name, AT_EMPTY_PATH, &load->interpreter_file);
	kfree(name);
	if (error)
		return error;
	got = executable_read(&load->interpreter_file, 0, head, sizeof(head));
	if (got != (ssize_t)sizeof(head))
		return got < 0 ? (int)got : -EIO;
	error = elf_image_read(&load->interpreter, &load->interpreter_file, head);
	return error == -ENOEXEC ? -ELIBBAD : error;
}

static int load_check(struct elf_load *load, struct program *program)
{
	const struct elf64_phdr *segment;
	int error = elf_image_read(&load->main, &program->executable, program->head);

	if (error)
		return error;
	segment = elf_segment_find(&load->main, PT_GNU_STACK);
	program->stack_executable = segment && (segment->p_flags & PF_X);
	segment = elf_segment_find(&load->main, PT_INTERP);
	error = segment ? interpreter_open(load, &program->executable, segment) : 0;
	program->executable.unreadable |= load->interpreter_file.unreadable;
	return error;
}

/* Whatever has been opened, at any point of the way. */
static void load_end(struct elf_load *load)
{
	elf_image_free(&load->main);
	elf_image_free(&load->interpreter);
	if (load->interpreter_file.cache)
		executable_close(&load->interpreter_file);
	kfree(load);
}

/* ---- behind it ---- */

/* ET_EXEC has its addresses in the file.  A PIE goes to the PIEs' base, but a static one
 * among the maps: it may be the dynamic linker itself, and must leave that base to the
 * program that it loads. */
static int main_map(struct elf_load *load, struct program *program)
{
	struct elf_image *image = &load->main;
	enum elf_place place = ELF_AS_LINKED;

	if (image->header.e_type == ET_DYN)
		place = load->interpreter_file.cache ? ELF_AT_BASE : ELF_ALIGNED;
	return elf_image_map(image, &program->executable, program->space, place,
			     place == ELF_AT_BASE ? layout_pie_base(program) : 0);
}

static int interpreter_map(struct elf_load *load, struct program *program)
{
	struct elf_image *image = &load->interpreter;
	bool moves = image->header.e_type == ET_DYN;
	int error;

	if (!load->interpreter_file.cache)
		return 0;
	error = elf_image_map(image, &load->interpreter_file, program->space,
			      moves ? ELF_ANYWHERE : ELF_AS_LINKED, 0);
	/* Only the program itself stays barred while it runs; libraries and the linker never
	 * were. */
	executable_allow_write(&load->interpreter_file);
	return error;
}

/* A static PIE lies among the maps: its heap goes where PIEs would, or it could not grow. */
static void break_place(const struct elf_load *load, const struct program *program)
{
	const struct elf_image *image = &load->main;
	user_address start = round_up(image->end, PAGE_SIZE);

	if (image->header.e_type == ET_DYN && !load->interpreter_file.cache)
		start = LAYOUT_PIE_BASE;
	brk_set_start(program->space, layout_brk(program, start));
}

/* Where the program finds its own program headers: 0 (and the bias) when no segment holds them. */
static user_address headers_place(const struct elf_image *image)
{
	uint64_t offset = image->header.e_phoff;

	for (unsigned i = 0; i < image->header.e_phnum; i++) {
		const struct elf64_phdr *segment = &image->segments[i];

		if (segment->p_type == PT_LOAD && offset >= segment->p_offset &&
		    offset - segment->p_offset < segment->p_filesz)
			return offset - segment->p_offset + segment->p_vaddr + image->bias;
	}
	return image->bias;
}

static int stack_build(const struct elf_load *load, struct program *program)
{
	const struct elf_image *image = &load->main;
	bool interpreted = load->interpreter_file.cache;
	const struct auxv_entry vector[] = {
		{ AT_PHDR, headers_place(image) },
		{ AT_PHENT, sizeof(struct elf64_phdr) },
		{ AT_PHNUM, image->header.e_phnum },
		{ AT_BASE, interpreted ? load->interpreter.bias : 0 },
		{ AT_ENTRY, image->header.e_entry + image->bias },
	};

	return user_stack_build(program, vector, array_size(vector));
}

/* The program's own entry reaches the dynamic linker as AT_ENTRY. */
static int entry_choose(const struct elf_load *load, struct program *program)
{
	const struct elf_image *first = load->interpreter_file.cache ? &load->interpreter :
								       &load->main;

	assert(program->committed);
	program->entry = first->header.e_entry + first->bias;
	return program->entry < USER_END ? 0 : -EINVAL;
}

/* For /proc alone. */
static void extents_keep(struct address_space *space, const struct elf_image *image)
{
	space->code_start = image->code_start;
	space->code_end = image->code_end;
	space->data_start = image->data_start;
	space->data_end = image->data_end;
}

static int load_map(struct elf_load *load, struct program *program)
{
	int error = main_map(load, program);

	if (!error)
		error = interpreter_map(load, program);
	if (!error)
		error = entry_choose(load, program);
	if (error)
		return error;
	extents_keep(program->space, &load->main);
	break_place(load, program);
	error = vdso_map(program);
	if (error)
		return error;
	return stack_build(load, program);
}

static int elf_load(struct program *program)
{
	struct elf_load *load;
	int error;

	if (memcmp(program->head, ELFMAG, SELFMAG) != 0)
		return -ENOEXEC;
	load = kzalloc(sizeof(*load));
	if (!load)
		return -ENOMEM;
	error = load_check(load, program);
	if (!error)
		error = program_commit(program);
	if (!error)
		error = load_map(load, program);
	load_end(load);
	return error;
}

static struct executable_format elf_format = { .name = "elf", .load = elf_load };
REGISTER(executable_format, elf_format);
