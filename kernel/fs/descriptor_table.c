/* SPDX-License-Identifier: MIT */
/*
 * descriptor_table.c - small numbers for open files.
 *
 * A table has an array of slots and two bit maps: `taken` (reserved or open) and `close_on_exec`.
 * A reserved slot is taken but empty, so that open(2) can get its number before it opens and
 * cannot fail after.  `lowest_free` is a lower bound for the search; it makes the usual case one
 * look.  POSIX promises the lowest number that is not in use, and programs rely on it: a shell
 * closes 0 and opens a file to redirect its input.
 *
 * A look-up counts the file only if the table is shared: in an unshared one nobody but the task
 * itself can close it meanwhile.
 *
 * Closing gives the number back first and only then the file: a release that sleeps (a terminal
 * that drains) must not keep the number taken, and close(2) never leaves it open whatever it
 * returns.
 *
 * Locks: none.  The tables change without sleeping in between, and no interrupt touches one.  A
 * pointer to slots must not be kept across a sleep, since files_grow() may move them.
 */
#include "abi/errno.h"
#include "abi/resource.h"
#include "fs/descriptor_table.h"
#include "fs/file_lock.h"
#include "lib/assert.h"
#include "lib/string.h"
#include "memory/heap.h"
#include "task/process.h"

void slots_free(struct files *files)
{
	if (files->slots != files->first_slots)
		kfree(files->slots);
}

/* Slots and both maps move into one larger allocation, of twice the size or more, so that n
 * descriptors cost O(n) in all.  The maps lie behind the slots: freeing these frees both. */
int files_grow(struct files *files, unsigned wanted)
{
	unsigned capacity = files->capacity, words;
	struct file **slots;
	uint64_t *maps;

	assert(wanted <= 1U << 30); /* far above NOFILE_CEILING: doubling cannot overflow */
	while (capacity < wanted)
		capacity *= 2;
	if (capacity == files->capacity)
		return 0;
	words = capacity / BITS;
	slots = kzalloc(capacity * sizeof(*slots) + 2 * words * sizeof(uint64_t));
	if (!slots)
		return -ENOMEM;
	maps = (uint64_t *)(slots + capacity);
	memcpy(slots, files->slots, files->capacity * sizeof(*slots));
	memcpy(maps, files->taken, files->capacity / 8);
	memcpy(maps + words, files->close_on_exec, files->capacity / 8);
	slots_free(files);
	files->slots = slots;
	files->taken = maps;
	files->close_on_exec = maps + words;
	files->capacity = capacity;
	return 0;
}

/* The lowest free slot >= from; capacity, or `from` beyond it, when all are taken. A word at once:
 * what lies before `from` counts as taken. */
static unsigned free_slot(const struct files *files, unsigned from)
{
	unsigned word = from / BITS;
	uint64_t taken;

	if (from >= files->capacity)
		return from;
	taken = files->taken[word] | ((1UL << (from % BITS)) - 1);
	while (taken == ~0UL) {
		if (++word == files->capacity / BITS)
			return files->capacity;
		taken = files->taken[word];
	}
	return word * BITS + __builtin_ctzl(~taken);
}

/* The number is free again; what file was there is the caller's to put. */
static void slot_give_back(struct files *files, unsigned fd)
{
	debug_assert(fd < files->capacity && bit_get(files->taken, fd));
	files->slots[fd] = NULL;
	bit_set(files->taken, fd, false);
	files->lowest_free = min(files->lowest_free, fd);
}

/* -EMFILE at RLIMIT_NOFILE; -ENOMEM. The number is the caller's until fd_install() or
 * fd_release(). */
int fd_reserve(int from, bool close_on_exec)
{
	struct files *files = current->files;
	unsigned fd = free_slot(files, max((unsigned)from, files->lowest_free));

	/* The limit is on the number, not on how many are open (getrlimit(2), RLIMIT_NOFILE). */
	if (fd >= task_limit(RLIMIT_NOFILE))
		return -EMFILE;
	if (files_grow(files, fd + 1))
		return -ENOMEM;
	slot_take(files, fd, close_on_exec);
	return fd;
}

/* Other threads see the file from here on: it must be complete. */
void fd_install(int fd, struct file *file)
{
	struct files *files = current->files;

	assert(bit_get(files->taken, fd) && !files->slots[fd]);
	debug_assert(file->count > 0 && file->ops);
	files->slots[fd] = file;
}

void fd_release(int fd)
{
	assert(!current->files->slots[fd]);
	slot_give_back(current->files, fd);
}

/* Not inline: rare, and fd_get() stays a few instructions. */
static struct fd_reference reference_counted(struct file *file)
{
	file_get(file);
	return (struct fd_reference){ file, true };
}

/* With a count only where another task could close the descriptor while we sleep. */
static inline struct fd_reference reference_make(const struct files *files, struct file *file)
{
	if (unlikely(files->count > 1) && file)
		return reference_counted(file);
	return (struct fd_reference){ file, false };
}

struct fd_reference fd_get_any(int fd)
{
	const struct files *files = current->files;

	return reference_make(files, slot_get(files, fd));
}

/* What every call but a few wants: an O_PATH file is a place, and cannot be read or written. */
struct fd_reference fd_get(int fd)
{
	const struct files *files = current->files;
	struct file *file = slot_get(files, fd);

	if (file && unlikely(file->mode & FILE_PATH))
		file = NULL;
	return reference_make(files, file);
}

/* The slot is empty already: nobody finds the file through it any more. */
int file_close(struct files *files, struct file *file)
{
	int error = 0;

	debug_assert(file->count > 0);
	/* fcntl(2)'s famous rule: closing *any* descriptor of a file drops the process's record
	 * locks. */
	if (file->inode->locks)
		file_locks_release_owner(file, files);
	if (file->ops->flush)
		error = file->ops->flush(file);
	file_put(file);
	return error;
}

/* A reserved number is EBADF like a free one: who opens it has not got it yet. */
int fd_close(int fd)
{
	struct files *files = current->files;
	struct file *file = slot_get(files, fd);

	if (!file)
		return -EBADF;
	slot_give_back(files, fd);
	return file_close(files, file);
}

/* dup2(2) closes silently: errors of the old file's flush are lost, as the manual warns. */
int fd_replace(int fd, struct file *file, bool close_on_exec)
{
	struct files *files = current->files;
	struct file *old;
	int error = 0;

	if ((unsigned)fd >= task_limit(RLIMIT_NOFILE))
		error = -EBADF;
	else if (files_grow(files, fd + 1))
		error = -ENOMEM;
	else if (!files->slots[fd] && bit_get(files->taken, fd))
		error = -EBUSY; /* another task is opening it */
	if (error) {
		file_put(file);
		return error;
	}
	/* The new file is in place before the old one is closed: no moment without either. */
	old = files->slots[fd];
	slot_take(files, fd, close_on_exec);
	files->slots[fd] = file;
	if (old)
		file_close(files, old);
	return fd;
}

bool fd_is(int fd, const struct file *file)
{
	return slot_get(current->files, fd) == file;
}

/* select(2) looks at no more: beyond there is nothing that could be open. */
unsigned fd_slots(void)
{
	return current->files->capacity;
}

bool fd_close_on_exec(int fd)
{
	assert((unsigned)fd < current->files->capacity);
	return bit_get(current->files->close_on_exec, fd);
}

void fd_set_close_on_exec(int fd, bool on)
{
	assert((unsigned)fd < current->files->capacity);
	bit_set(current->files->close_on_exec, fd, on);
}

/* close_range(2): `last` may be ~0; numbers without a file are no error.  The table is looked at
 * anew for each: closing may sleep, and another thread make it grow. */
void fd_close_range(unsigned first, unsigned last, bool only_mark)
{
	struct files *files = current->files;

	for (unsigned fd = first; fd <= last && fd < files->capacity; fd++) {
		if (!files->slots[fd])
			continue;
		if (only_mark)
			bit_set(files->close_on_exec, fd, true);
		else
			fd_close(fd);
	}
}
