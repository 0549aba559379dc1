/* SPDX-License-Identifier: MIT */
/*
 * boot_files.c - executables straight from the boot archive, before there are files: every regular
 * file of the archive with an execute bit can be run by its name there.  Chapter 9's fs/executable.c
 * replaces it.
 *
 * The archive's bytes are not aligned to pages, so each file that is run gets a page cache whose
 * frames are filled from the archive when they are first touched.  The caches stay for ever, in a list.
 */
#include "abi/errno.h"
#include "abi/fcntl.h"
#include "abi/stat.h"
#include "fs/executable.h"
#include "lib/counts.h"
#include "lib/cpio.h"
#include "lib/string.h"
#include "loader/exec.h"
#include "memory/address_space.h"
#include "memory/heap.h"

struct boot_file {
	struct list link;
	struct cpio_entry entry;
	struct page_cache cache;
};

static struct list files = LIST_INIT(files); /* every file that was run before */

static int boot_file_fill(struct page_cache *cache, uint64_t index, struct frame *frame)
{
	const struct boot_file *file = cache->owner;
	uint64_t start = index * PAGE_SIZE;
	size_t bytes = start < file->entry.size ? min(file->entry.size - start, PAGE_SIZE) : 0;
	char *page = frame_address(frame);

	memcpy(page, file->entry.data + start, bytes);
	memset(page + bytes, 0, PAGE_SIZE - bytes);
	return 0;
}

static const struct page_cache_ops boot_file_ops = { .fill = boot_file_fill };

static struct boot_file *boot_file_known(const struct cpio_entry *entry)
{
	struct list *each;

	for (each = files.next; each != &files; each = each->next) {
		struct boot_file *file = container_of(each, struct boot_file, link);

		if (file->entry.data == entry->data)
			return file;
	}
	return NULL;
}

static struct boot_file *boot_file_obtain(const struct cpio_entry *entry)
{
	struct boot_file *file = boot_file_known(entry);

	if (file)
		return file;
	file = kzalloc(sizeof(*file));
	if (!file)
		return NULL;
	file->entry = *entry;
	page_cache_init(&file->cache, &boot_file_ops, file);
	file->cache.size = entry->size;
	list_add_last(&files, &file->link);
	return file;
}

static int archive_find(const char *path, struct cpio_entry *entry)
{
	size_t bytes = boot_info.module_end - boot_info.module_start;
	int found = cpio_find(direct_map(boot_info.module_start), bytes, path, entry);

	if (found <= 0)
		return -ENOENT;
	return entry->mode & 0111 ? 0 : -EACCES;
}

int executable_open(int directory, const char *path, int flags, struct executable *to)
{
	struct boot_file *file;
	struct cpio_entry entry;
	int error;

	if (path[0] != '/' && directory != AT_FDCWD)
		return -EBADF;
	error = archive_find(path, &entry);
	if (error)
		return error;
	file = boot_file_obtain(&entry);
	if (!file)
		return -ENOMEM;
	*to = (struct executable){ .cache = &file->cache, .mode = entry.mode, .uid = entry.uid,
				   .gid = entry.gid, .may_set_id = true };
	return 0;
}

void executable_close(struct executable *executable)
{
	executable->cache = NULL;
}

void executable_allow_write(struct executable *executable)
{
	assert(!executable->file);
}

/* The first program's first step.  Descriptors 1 to 3 are what chapter 6's write makes of them. */
void console_open(void)
{
	address_space_put(address_space_create()); /* what the first one sets up, it sets up for all */
	counts_report();
}
