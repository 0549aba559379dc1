/* SPDX-License-Identifier: MIT */
/*
 * kernel_map.c - what the kernel's half of every address space maps.
 *
 *	DIRECT_MAP   all RAM and, below 4 GiB, everything else: physical p at DIRECT_MAP + p
 *	STACK_RANGE  kernel stacks, page by page (kernel_stack.c)
 *	DEVICE_RANGE device memory above 4 GiB
 *	the image    as arch/image.c mapped it
 *
 * The top-level entries of these ranges are all made here, before the first process exists; a
 * process copies them once, and whatever is mapped later hangs below them.  So no process can miss
 * a mapping of the kernel.
 *
 * The direct map lets every frame be read and written through one address; nothing in it may be
 * executed, and the kernel's own code and constants are read-only here too.
 *
 * Locks: kernel_lock guards the tables below STACK_RANGE and DEVICE_RANGE, which change while
 * tasks run; the rest is built before there are any and constant after. Entries are global where
 * the processor can (SDM vol. 3, 4.10.2.4), so they outlive a change of CR3, and unmapping flushes
 * by address.
 */
#include "memory/page_table.h"

#include "abi/errno.h"
#include "lock/spinlock.h"
#include "memory/memory_map.h"

#define BOOT_MAPPED (4UL << 30) /* boot.S maps this much */
#define MAP_FLAGS   (PAGE_WRITE | PAGE_NX)

physical_address kernel_root;
bool kernel_half_complete;

static struct spinlock kernel_lock; /* tables of the stack and device ranges */
static uint64_t device_end = DEVICE_RANGE; /* guarded by it: where the next device goes */

static page_entry global_flag(void)
{
	return cpu_features.global_pages ? PAGE_GLOBAL : 0;
}

/* Maps physical [from, to) directly; boot cannot go on without. */
static void direct_add(physical_address root, physical_address from, physical_address to,
		       uint64_t flags)
{
	if (from >= to)
		return;
	if (page_table_map(root, DIRECT_MAP + from, from, to - from, flags | global_flag(),
			   PAGE_1G))
		panic("no memory for the direct map");
}

/* Where RAM below 4 GiB ends, with the firmware's tables at its top; devices lie above. */
static physical_address low_ram_end(void)
{
	physical_address end = 0;

	for (unsigned i = 0; i < boot_info.range_count; i++) {
		const struct memory_range *range = &boot_info.ranges[i];

		if (range->kind != MEMORY_RESERVED && range->end <= BOOT_MAPPED)
			end = max(end, range->end);
	}
	return round_up(end, PAGE_2M);
}

static void direct_add_low(physical_address root)
{
	physical_address code = physical_of(image_start), data = physical_of(rodata_end);
	physical_address devices = max(low_ram_end(), round_up(data, PAGE_2M));

	/* Code and constants of the image lie in [code, data): through the direct map they are
	 * neither writable nor executable, so there is no second way to change them. */
	direct_add(root, 0, code, MAP_FLAGS);
	direct_add(root, code, data, PAGE_NX);
	direct_add(root, data, devices, MAP_FLAGS);
	direct_add(root, devices, BOOT_MAPPED, MAP_FLAGS | PAGE_UNCACHED);
}

/* RAM above 4 GiB, by whole 2 MiB pages; holes of a GiB stay holes. */
static void direct_add_high(physical_address root)
{
	static struct memory_map map;
	physical_address mapped = BOOT_MAPPED;

	memory_map_build(&map, boot_info.ranges, boot_info.range_count);
	for (unsigned i = 0; i < map.count; i++) {
		physical_address from = max(round_down(map.runs[i].start, PAGE_2M), mapped);
		physical_address to = round_up(map.runs[i].end, PAGE_2M);

		direct_add(root, from, to, MAP_FLAGS);
		mapped = max(mapped, to);
	}
}

/* Makes the top-level entry for `address`, by way of building the path. */
static void top_entry_make(physical_address root, uint64_t address)
{
	if (!page_table_walk_level(root, address, 3))
		panic("no memory for the kernel's page tables");
}

void page_tables_init(void)
{
	physical_address boot_root = page_table_loaded();
	page_entry *old = direct_map(boot_root), *new;
	struct frame *root = frame_alloc(FRAME_PAGE_TABLE, FRAME_ZERO);

	assert(root && (DIRECT_MAP | STACK_RANGE | DEVICE_RANGE) % page_level_bytes(4) == 0);
	/* The kernel's root counts nothing of the user half, since it has none. */
	root->entries = 0;
	kernel_root = frame_physical(root);
	new = frame_address(root);
	/* Its tables stay those of arch/image.c: they hold the rights of text, rodata and data. */
	new[511] = old[511]; /* the image */
	direct_add_low(kernel_root);
	direct_add_high(kernel_root);
	top_entry_make(kernel_root, STACK_RANGE);
	top_entry_make(kernel_root, DEVICE_RANGE);
	kernel_half_complete = true;
	page_table_load(kernel_root);
	frames_init_high();
}

int kernel_page_map(uint64_t address, physical_address to, uint64_t flags)
{
	uint64_t interrupts = spinlock_acquire(&kernel_lock);
	int error = page_table_map(kernel_root, address, to, PAGE_SIZE, flags | global_flag(),
				   PAGE_SIZE);

	spinlock_release(&kernel_lock, interrupts);
	return error;
}

void kernel_page_unmap(uint64_t address)
{
	uint64_t interrupts = spinlock_acquire(&kernel_lock);
	int error = page_table_unmap(kernel_root, address, PAGE_SIZE);

	assert(!error);
	spinlock_release(&kernel_lock, interrupts);
}

volatile void *device_map(physical_address at, uint64_t bytes)
{
	physical_address from = round_down(at, PAGE_SIZE);
	uint64_t interrupts, size = round_up(at + bytes, PAGE_SIZE) - from, address;
	int error;

	if (at + bytes <= BOOT_MAPPED)
		return direct_map(at);
	interrupts = spinlock_acquire(&kernel_lock);
	/* Never given back: a driver keeps its registers as long as the kernel runs. */
	address = device_end;
	device_end += size;
	assert(device_end <= DEVICE_RANGE + page_level_bytes(4));
	error = page_table_map(kernel_root, address, from, size,
			       MAP_FLAGS | PAGE_UNCACHED | global_flag(), PAGE_SIZE);
	spinlock_release(&kernel_lock, interrupts);
	return error ? NULL : (volatile void *)(address + (at - from));
}
