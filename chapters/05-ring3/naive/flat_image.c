/* SPDX-License-Identifier: MIT */
/*
 * flat_image.c - the first program, while there are no executable formats: the file of the boot
 * archive that `init=` names, byte for byte at 4 MiB, entered at its first byte with an empty stack.
 *
 * All of it is readable, writable and executable, since nothing in it says what is what.  Chapter 8's
 * loader/init_program.c replaces it.
 */
#include "arch/offsets.h"
#include "lib/assert.h"
#include "lib/command_line.h"
#include "lib/counts.h"
#include "lib/cpio.h"
#include "memory/address_space.h"
#include "task/process.h"

#define IMAGE_START 0x400000UL
#define STACK_BYTES (8UL << 20)
#define STACK_TOP   (USER_END - PAGE_SIZE)

static void archive_find(const char *name, struct cpio_entry *file)
{
	size_t bytes = boot_info.module_end - boot_info.module_start;
	int found = 0;

	if (bytes)
		found = cpio_find(direct_map(boot_info.module_start), bytes, name, file);
	if (found < 0)
		panic("the boot archive is damaged");
	if (!found)
		panic("no file %s in the boot archive", name);
}

static void area_make(struct address_space *space, user_address start, uint64_t bytes,
		      uint32_t flags)
{
	struct map_request request = {
		.address = start, .bytes = bytes, .fixed = true, .ops = &anonymous_ops,
		.flags = flags | AREA_MAY_READ | AREA_MAY_WRITE | AREA_MAY_EXECUTE,
	};
	user_address at;

	if (area_map(space, &request, &at))
		panic("no memory for the first program's areas");
	assert(at == start);
}

static struct address_space *image_load(const struct cpio_entry *file)
{
	struct address_space *space = address_space_create();

	if (!space)
		panic("no memory for the first program's address space");
	area_make(space, IMAGE_START, max(file->size, 1U), AREA_READ | AREA_WRITE | AREA_EXECUTE);
	area_make(space, STACK_TOP - STACK_BYTES, STACK_BYTES, AREA_READ | AREA_WRITE | AREA_STACK);
	if (space_copy(space, IMAGE_START, (void *)file->data, file->size, true) != file->size)
		panic("no memory for the first program");
	space->stack_top = STACK_TOP;
	brk_set_start(space, round_up(IMAGE_START + file->size, PAGE_SIZE));
	return space;
}

/* What the program finds in its registers: nothing but where it starts and where its stack ends. */
static void user_registers_set(struct registers *registers)
{
	*registers = (struct registers){
		.orig_rax = -1, .rip = IMAGE_START, .cs = USER_CODE, .rflags = RFLAGS_IF,
		.rsp = STACK_TOP, .ss = USER_DATA,
	};
}

void init_program(void *unused)
{
	struct registers *registers = task_registers(current);
	struct cpio_entry file;
	char name[256] = "init";

	command_line_get("init", name, sizeof(name));
	archive_find(name, &file);
	address_space_put(address_space_create()); /* what the first one sets up, it sets up for all */
	counts_report();
	current->space = image_load(&file);
	address_space_activate(current->space);
	user_registers_set(registers);
	user_enter(registers);
}
