/* SPDX-License-Identifier: MIT */
/*
 * proc_maps.c - /proc/PID/maps: one line an area, with what it maps (proc(5)).
 *
 * The whole table is made in one go with the area lock held for reading, so that it is consistent;
 * it allocates memory meanwhile but never touches user memory.
 *
 * Format: address range, rights, offset, device, inode, and from column 73 on the name, which has
 * its newlines escaped and " (deleted)" where the file has been unlinked. An area's name is the
 * file's, or "[heap]", "[stack]"; else the line ends after the inode number and a blank.
 */
#include "abi/errno.h"
#include "fs/file.h"
#include "fs/procfs.h"
#include "memory/address_space.h"
#include "memory/heap.h"

#define MAPS_NAME_COLUMN 73

#define DEVICE_MAJOR(device) ((unsigned)((device) >> 8 & 0xfff))
#define DEVICE_MINOR(device) ((unsigned)(((device)&0xff) | ((device) >> 12 & 0xfff00)))

/* Shared anonymous memory is shown as Linux keeps it: a file of an inner tmpfs, each its own. */
#define SHARED_MEMORY_DEVICE 1 /* 00:01 */

/* What an area without a file is; NULL: nothing is said. */
static const char *area_name(const struct area *area)
{
	if (area->flags & AREA_HEAP)
		return "[heap]";
	if (area->flags & AREA_STACK)
		return "[stack]";
	return area->ops ? area->ops->name : NULL;
}

/* From the global root, even for a reader in a chroot (Linux shows it from the reader's root).  Too
 * long a name is left out, and the line stays whole. */
static void show_file_name(const struct file *file, char *buffer, struct text *text)
{
	bool reachable;
	char *name = path_name(&file->path, NULL, buffer, PATH_MAX, true, &reachable);

	if (name)
		text_append_escaped(text, name, "\n");
}

static void show_area(const struct area *area, char *buffer, struct text *text)
{
	bool alone = area->cache && area->cache->number;
	const struct inode *inode = area->file && !alone ? area->file->inode : NULL;
	const char *name = alone ? "/dev/zero (deleted)" : inode ? NULL : area_name(area);
	uint64_t device = inode ? inode->superblock->device : alone ? SHARED_MEMORY_DEVICE : 0;
	size_t line = text->length;

	assert(area->start < area->end);
	text_printf(text, "%08lx-%08lx %c%c%c%c %08lx %02x:%02x %lu ", area->start, area->end,
		    area->flags & AREA_READ ? 'r' : '-', area->flags & AREA_WRITE ? 'w' : '-',
		    area->flags & AREA_EXECUTE ? 'x' : '-', area->flags & AREA_SHARED ? 's' : 'p',
		    inode || alone ? area->offset : 0, DEVICE_MAJOR(device), DEVICE_MINOR(device),
		    inode ? inode->number : alone ? area->cache->number : 0);
	if (inode || name)
		text_pad_to(text, line, MAPS_NAME_COLUMN);
	if (inode)
		show_file_name(area->file, buffer, text);
	else if (name)
		text_printf(text, "%s", name);
	text_printf(text, "\n");
}

/* It has no area; programs may call into it all the same (task/vsyscall.c). */
static void show_vsyscall(struct text *text)
{
	size_t line = text->length;

	text_printf(text, "%08lx-%08lx --xp 00000000 00:00 0 ", VSYSCALL_PAGE,
		    VSYSCALL_PAGE + PAGE_SIZE);
	text_pad_to(text, line, MAPS_NAME_COLUMN);
	text_printf(text, "[vsyscall]\n");
}

/* Nothing for who has no memory.  Areas come in the order of their addresses. */
int proc_show_maps(struct process *process, struct text *text)
{
	struct address_space *space = process->leader->space;
	char *buffer;

	if (!space)
		return 0;
	/* The process may exec or end while we sleep for the lock. */
	address_space_get(space);
	buffer = kmalloc(PATH_MAX);
	if (!buffer) {
		address_space_put(space);
		return -ENOMEM;
	}
	rwlock_read_acquire(&space->lock);
	for (struct area *area = area_first(space); area; area = area_next(area))
		show_area(area, buffer, text);
	show_vsyscall(text);
	rwlock_read_release(&space->lock);
	kfree(buffer);
	address_space_put(space);
	return 0;
}
