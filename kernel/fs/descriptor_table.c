/* SPDX-License-Identifier: MIT */
/*
 * descriptor_table.c - small numbers for open files.
 *
 * A table has an array of slots and two bit maps: `taken` (reserved or open) and `close_on_exec`.
 * A reserved slot is taken but empty, so that open(2) can get its number before it opens and
 * cannot fail after.  `lowest_free` is a lower bound for the search; it makes the usual case one
 * look.
 *
 * A table is counted (CLONE_FILES shares it).  A look-up counts the file only if the table is
 * shared: in an unshared one nobody but the task itself can close it meanwhile.
 *
 * Closing gives the number back first and only then the file: a release that sleeps (a terminal
 * that drains) must not keep the number taken, and close(2) never leaves it open whatever it
 * returns.
 *
 * Locks: none. The tables change without sleeping in between, and no interrupt touches one. A
 * pointer to slots must not be kept across a sleep, since files_grow() may move them.
 */
#include "abi/errno.h"
#include "abi/resource.h"
#include "fs/file.h"
#include "fs/file_lock.h"
#include "lib/assert.h"
#include "lib/string.h"
#include "memory/heap.h"
#include "task/process.h"

#define FIRST_SLOTS 64
#define BITS 64

struct files {
	uint32_t count;
	unsigned capacity;	  /* slots, a multiple of 64 */
	unsigned lowest_free;	  /* no free slot is below */
	struct file **slots;
	uint64_t *taken, *close_on_exec;
	struct file *first_slots[FIRST_SLOTS];
	uint64_t first_maps[2];
};

static struct slab_cache files_cache = SLAB_CACHE("files", struct files);

static bool bit_get(const uint64_t *map, unsigned bit)
{
	return map[bit / BITS] >> (bit % BITS) & 1;
}

static void bit_set(uint64_t *map, unsigned bit, bool on)
{
	uint64_t mask = 1UL << (bit % BITS);

	map[bit / BITS] = on ? map[bit / BITS] | mask : map[bit / BITS] & ~mask;
}

/* With room for 64 inside itself, which is enough for nearly every program: one allocation. */
struct files *files_create(void)
{
	struct files *files = slab_alloc_zeroed(&files_cache);

	if (!files)
		return NULL;
	files->count = 1;
	files->capacity = FIRST_SLOTS;
	files->slots = files->first_slots;
	files->taken = &files->first_maps[0];
	files->close_on_exec = &files->first_maps[1];
	return files;
}

static void slots_free(struct files *files)
{
	if (files->slots != files->first_slots)
		kfree(files->slots);
}

/* Slots and both maps move into one larger allocation. */
/* Doubles, so that n descriptors cost O(n) in all. 0 or -ENOMEM, and then nothing has changed. */
static int files_grow(struct files *files, unsigned wanted)
{
	unsigned capacity = files->capacity, words;
	struct file **slots;
	uint64_t *maps;

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

/* The lowest free slot >= from; capacity when all are taken. */
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

static void slot_take(struct files *files, unsigned fd, bool close_on_exec)
{
	debug_assert(fd < files->capacity);
	bit_set(files->taken, fd, true);
	bit_set(files->close_on_exec, fd, close_on_exec);
	if (fd == files->lowest_free)
		files->lowest_free = fd + 1;
}

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

void fd_install(int fd, struct file *file)
{
	struct files *files = current->files;

	assert(bit_get(files->taken, fd) && !files->slots[fd]);
	files->slots[fd] = file;
}

void fd_release(int fd)
{
	assert(!current->files->slots[fd]);
	slot_give_back(current->files, fd);
}

static struct file *slot_get(const struct files *files, unsigned fd)
{
	return likely(fd < files->capacity) ? files->slots[fd] : NULL;
}

static struct fd_reference reference_counted(struct file *file)
{
	file_get(file);
	return (struct fd_reference){ file, true };
}

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

/* The end of one descriptor's hold on a file. */
static int file_close(struct files *files, struct file *file)
{
	int error = 0;

	/* fcntl(2)'s famous rule: closing *any* descriptor of a file drops the process's record
	 * locks. */
	if (file->inode->locks)
		file_locks_release_owner(file, files);
	if (file->ops->flush)
		error = file->ops->flush(file);
	file_put(file);
	return error;
}

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

unsigned fd_slots(void)
{
	return current->files->capacity;
}

bool fd_close_on_exec(int fd)
{
	return bit_get(current->files->close_on_exec, fd);
}

void fd_set_close_on_exec(int fd, bool on)
{
	bit_set(current->files->close_on_exec, fd, on);
}

/* close_range(2): `last` may be ~0; numbers without a file are no error. */
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

/* Words without a bit are skipped: usually none has one. */
void files_close_on_exec(void)
{
	struct files *files = current->files;

	for (unsigned fd = 0; fd < files->capacity; fd++) {
		if (fd % BITS == 0 && !files->close_on_exec[fd / BITS]) {
			fd += BITS - 1;
			continue;
		}
		if (files->slots[fd] && bit_get(files->close_on_exec, fd))
			fd_close(fd);
	}
}

/* A copy with the same open descriptors; what is only reserved is not copied. */
static struct files *files_copy(const struct files *from)
{
	struct files *copy = files_create();
	unsigned fd;

	if (!copy)
		return NULL;
	if (files_grow(copy, from->capacity)) {
		slab_free(&files_cache, copy);
		return NULL;
	}
	for (fd = 0; fd < from->capacity; fd++) {
		if (fd % BITS == 0 && !from->taken[fd / BITS]) {
			fd += BITS - 1;
			continue;
		}
		if (!from->slots[fd])
			continue;
		file_get(from->slots[fd]);
		copy->slots[fd] = from->slots[fd];
		slot_take(copy, fd, bit_get(from->close_on_exec, fd));
	}
	return copy;
}

int files_fork(struct task *child, bool share)
{
	struct files *files = current->files;

	if (files && share) {
		files->count++;
		child->files = files;
		return 0;
	}
	child->files = files ? files_copy(files) : files_create(); /* none: the first process */
	return child->files ? 0 : -ENOMEM;
}

/* Closes in the order of numbers, as Linux does at exit: who waits for a pipe's end and a lock
 * sees them go in this order. */
static void files_put(struct files *files)
{
	debug_assert(files->count > 0);
	if (--files->count > 0)
		return;
	for (unsigned fd = 0; fd < files->capacity; fd++)
		if (files->slots[fd])
			file_close(files, files->slots[fd]);
	slots_free(files);
	slab_free(&files_cache, files);
}

void files_exit(struct task *task)
{
	struct files *files = task->files;

	task->files = NULL;
	if (files)
		files_put(files);
}

/* For close_range(2)'s CLOSE_RANGE_UNSHARE: what is closed must stay open for the others. */
int files_unshare(void)
{
	struct files *files = current->files, *copy;

	if (files->count == 1)
		return 0;
	copy = files_copy(files);
	if (!copy)
		return -ENOMEM;
	current->files = copy;
	files_put(files);
	return 0;
}

/* Counted in one step, without sleeping: the other task cannot close it in between. */
struct file *files_get_of(struct task *task, int fd)
{
	struct file *file = task->files ? slot_get(task->files, fd) : NULL;

	if (file)
		file_get(file);
	return file;
}

int files_next_of(struct task *task, int from)
{
	struct files *files = task->files;

	for (unsigned fd = from; files && fd < files->capacity; fd++)
		if (files->slots[fd])
			return fd;
	return -1;
}
