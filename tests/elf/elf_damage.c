/* SPDX-License-Identifier: MIT */
/*
 * elf_damage.c - damaged ELF files: what exec answers, or what the program dies of.
 *
 * The undamaged file is 4096 bytes: header, program headers (code and a little data; an empty
 * PT_GNU_STACK), code that exits with 7 when the data are as they should be.  Each case changes one
 * field or cuts the file; then single bits of the headers are flipped, all of them.  The layout is
 * not randomised, so that the same flip always hits the same thing.
 */
#include "test.h"

#include "abi/elf.h"
#include "abi/errno.h"
#include "abi/fcntl.h"
#include "abi/prctl.h"
#include "abi/wait.h"

#define FILE_NAME "/tmp/elf-damage"
#define BASE 0x10000000UL
#define CODE_AT 0x400 /* in the file, and in memory from BASE */
#define DATA_AT 0x800
#define FILE_BYTES 0x1000
#define SEGMENTS 3

static union {
	struct {
		struct elf64_ehdr header;
		struct elf64_phdr segments[SEGMENTS];
	};
	uint8_t bytes[FILE_BYTES];
} image;

/* exit_group(data == 0x5354 && zero == 0 ? 7 : 8), where zero lies behind the file's part */
static const uint8_t code[] = {
	0x31, 0xff,					/* xor %edi, %edi */
	0x40, 0xb7, 0x07,				/* mov $7, %dil */
	0x66, 0x81, 0x3c, 0x25, 0x00, 0x18, 0x00, 0x10, 0x54, 0x53, /* cmpw $0x5354, 0x10001800 */
	0x75, 0x0d,					/* jne */
	0x80, 0x3c, 0x25, 0x04, 0x18, 0x00, 0x10, 0x00, /* cmpb $0, 0x10001804 */
	0x75, 0x03,					/* jne */
	0x90, 0xeb, 0x03,				/* nop; jmp over */
	0x40, 0xb7, 0x08,				/* mov $8, %dil */
	0xb8, 0xe7, 0x00, 0x00, 0x00,			/* mov $231, %eax */
	0x0f, 0x05, 0xf4,				/* syscall; hlt */
};

static void image_make(void)
{
	memset(&image, 0, sizeof(image));
	image.header = (struct elf64_ehdr){
		.e_ident = { 0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB, EV_CURRENT },
		.e_type = ET_EXEC, .e_machine = EM_X86_64, .e_version = EV_CURRENT,
		.e_entry = BASE + CODE_AT, .e_phoff = sizeof(struct elf64_ehdr),
		.e_ehsize = sizeof(struct elf64_ehdr), .e_phentsize = sizeof(struct elf64_phdr),
		.e_phnum = SEGMENTS,
	};
	image.segments[0] = (struct elf64_phdr){ PT_LOAD, PF_R | PF_X, 0, BASE, BASE, 0x600, 0x600,
						 0x1000 };
	image.segments[1] = (struct elf64_phdr){ PT_LOAD, PF_R | PF_W, DATA_AT, BASE + 0x1800,
						 BASE + 0x1800, 4, 0x2000, 0x1000 };
	image.segments[2] = (struct elf64_phdr){ PT_GNU_STACK, PF_R | PF_W, 0, 0, 0, 0, 0, 16 };
	memcpy(image.bytes + CODE_AT, code, sizeof(code));
	memcpy(image.bytes + DATA_AT, "TS\1\1\2", 5);
}

static void image_write(size_t bytes)
{
	long fd = sys(SYS_open, FILE_NAME, O_CREAT | O_TRUNC | O_WRONLY, 0755);

	sys(SYS_write, fd, image.bytes, bytes);
	sys(SYS_close, fd);
}

/* Exit status, or 1000 + signal, or the error of exec. */
static long image_run(void)
{
	static long *error;
	const char *argv[] = { "damaged", 0 };
	int status = 0;
	long pid;

	if (!error)
		error = (long *)sys(SYS_mmap, 0, PAGE, 3, 0x21, -1, 0);
	*error = 0;
	pid = sys(SYS_fork);
	if (pid == 0) {
		sys(SYS_alarm, 1);
		sys(SYS_personality, ADDR_NO_RANDOMIZE);
		*error = sys(SYS_execve, FILE_NAME, argv, 0);
		sys(SYS_exit_group, 0);
	}
	sys(SYS_wait4, pid, &status, 0, 0);
	if (*error)
		return *error;
	return WAIT_IS_EXIT(status) ? WAIT_CODE(status) : 1000 + WAIT_SIGNAL(status);
}

static void cut_try(size_t bytes)
{
	image_make();
	image_write(bytes);
	observe(text("cut_to_%d", (int)bytes), image_run());
}

#define TRY(what, change)                                                                          \
	do {                                                                                       \
		image_make();                                                                      \
		change;                                                                            \
		image_write(FILE_BYTES);                                                           \
		observe(what, image_run());                                                        \
	} while (0)

static void header_cases(void)
{
	struct elf64_ehdr *h = &image.header;

	TRY("undamaged", (void)0);
	TRY("magic", h->e_ident[1] = 'e');
	TRY("class_32", h->e_ident[EI_CLASS] = 1);
	TRY("big_endian", h->e_ident[EI_DATA] = 2);
	TRY("type_relocatable", h->e_type = ET_REL);
	TRY("type_core", h->e_type = ET_CORE);
	TRY("machine_386", h->e_machine = 3);
	TRY("version", h->e_version = 0);
	TRY("entry_0", h->e_entry = 0);
	TRY("entry_kernel", h->e_entry = 0xffffffff80100000);
	TRY("entry_non_canonical", h->e_entry = 0x8000000000000000);
	TRY("entry_last_page", h->e_entry = 0x7ffffffff000);
	TRY("entry_data", h->e_entry = BASE + 0x1800);
	TRY("headers_past_end", h->e_phoff = FILE_BYTES);
	TRY("headers_cross_end", h->e_phoff = FILE_BYTES - 60);
	TRY("headers_far", h->e_phoff = 0x7fffffffffffffff);
	TRY("headers_negative", h->e_phoff = (uint64_t)-64);
	TRY("header_size", h->e_phentsize = 55);
	TRY("no_headers", h->e_phnum = 0);
	TRY("too_many_headers", h->e_phnum = 74);
	TRY("all_headers", h->e_phnum = 0xffff);
}

static void segment_cases(void)
{
	struct elf64_phdr *code_segment = &image.segments[0], *data = &image.segments[1];

	TRY("no_load", code_segment->p_type = data->p_type = PT_NULL);
	TRY("kernel_address", data->p_vaddr = 0xffffffff80000800);
	TRY("non_canonical_address", data->p_vaddr = 0x8000000000000800);
	TRY("last_page_of_user_space", data->p_vaddr = 0x7fffffffe800);
	TRY("huge_memory", data->p_memsz = 0x7fffffffffff);
	TRY("all_memory", data->p_memsz = (uint64_t)-1);
	TRY("file_part_larger", data->p_memsz = 2);
	TRY("huge_both", data->p_filesz = data->p_memsz = 0x7fffffff0000);
	TRY("offset_misaligned", data->p_offset = DATA_AT + 1);
	TRY("offset_past_end", data->p_offset = FILE_BYTES + DATA_AT);
	TRY("offset_far", data->p_offset = 0x7ffffffffffff800);
	TRY("offset_negative", data->p_offset = 0xfffffffffffff800);
	TRY("code_past_end", code_segment->p_offset = FILE_BYTES);
	TRY("page_zero", (code_segment->p_vaddr = 0, image.header.e_entry = CODE_AT));
	TRY("code_without_x", code_segment->p_flags = PF_R);
	TRY("code_without_r", code_segment->p_flags = PF_X);
	TRY("data_read_only", data->p_flags = PF_R);
	TRY("data_no_rights", data->p_flags = 0);
	TRY("only_zeros", data->p_filesz = 0);
	TRY("nothing", data->p_filesz = data->p_memsz = 0);
	TRY("alignment_0", code_segment->p_align = data->p_align = 0);
	TRY("alignment_odd", code_segment->p_align = data->p_align = 3);
	TRY("overlap", data->p_vaddr = BASE + DATA_AT);
	TRY("backwards", data->p_vaddr -= 0x8000);
	TRY("dynamic_type", image.header.e_type = ET_DYN);
}

static void interpreter_try(const char *what, const char *name, size_t bytes)
{
	image_make();
	image.segments[2] = (struct elf64_phdr){ PT_INTERP, PF_R, 0xc00, 0, 0, bytes, bytes, 1 };
	memcpy(image.bytes + 0xc00, name, strlen(name) + 1);
	image_write(FILE_BYTES);
	observe(what, image_run());
}

static void interpreter_cases(void)
{
	interpreter_try("interpreter_missing", "/nowhere/ld.so", 15);
	interpreter_try("interpreter_unended", "/nowhere/ld.so", 14);
	interpreter_try("interpreter_nameless", "", 1);
	interpreter_try("interpreter_empty", "", 2);
	interpreter_try("interpreter_long", "/x", 4097);
	interpreter_try("interpreter_past_end", "/x", 0xc00);
	interpreter_try("interpreter_directory", "/tmp", 5);
	interpreter_try("interpreter_device", "/dev/null", 10);
	interpreter_try("interpreter_busy", FILE_NAME, sizeof(FILE_NAME));
}

static void bits_flip(void)
{
	for (size_t i = 0; i < 8 * (sizeof(struct elf64_ehdr) + 2 * sizeof(struct elf64_phdr)); i++) {
		image_make();
		image.bytes[i / 8] ^= 1 << i % 8;
		image_write(FILE_BYTES);
		observe(text("bit_%d_of_%d", (int)(i % 8), (int)(i / 8)), image_run());
	}
}

TEST
{
	static const uint16_t cuts[] = { 0, 1, 4, 63, 64, 65, 120, 231, 232, 0x400, 0x42c, 0x801, 0x805 };

	sys(SYS_mkdir, "/tmp", 0777);
	header_cases();
	segment_cases();
	interpreter_cases();
	for (size_t i = 0; i < sizeof(cuts) / sizeof(cuts[0]); i++)
		cut_try(cuts[i]);
	bits_flip();
	sys(SYS_unlink, FILE_NAME);
	return 0;
}
