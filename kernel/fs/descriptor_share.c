/* SPDX-License-Identifier: MIT */
/*
 * descriptor_share.c - whose descriptor table is whose: copied or shared by clone(2), made one's
 * own by close_range(2), emptied at exit; and what others may see of it in /proc.
 *
 * A table is counted by the tasks that use it: those that clone(2) made with CLONE_FILES, the
 * threads of a process first of all, share one, everybody else gets a copy.  A copy has descriptors
 * of its own for the *same* open files, so that parent and child go on at one position (fork(2)).
 *
 * Lifetime: each slot of each table holds one count of its file.  The table goes with its last
 * task, and closes what is still open.
 */
#include "abi/errno.h"
#include "abi/signal.h"
#include "fs/descriptor_table.h"
#include "lib/assert.h"
#include "memory/heap.h"
#include "task/process.h"
#include "task/signal.h"

static struct slab_cache files_cache = SLAB_CACHE("files", struct files);

/* An empty table, count 1; NULL: no memory. */
static struct files *files_create(void)
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

/* A copy with the same open descriptors and the same flags; what is only reserved is not copied:
 * the file will be installed in the table of the task that opens it.  NULL: no memory. */
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
	assert(from->count > 0 && copy->capacity >= from->capacity);
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

	assert(!child->files);
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
	assert(files->count > 0);
	if (--files->count > 0)
		return;
	/* The slots are not emptied one by one: no task has the table any more, so nobody looks. */
	for (unsigned fd = 0; fd < files->capacity; fd++)
		if (files->slots[fd])
			file_close(files, files->slots[fd]);
	slots_free(files);
	slab_free(&files_cache, files);
}

/* The task has no table from here on, before anything is closed: closing may sleep, and who looks
 * at /proc/PID/fd meanwhile must not find a table that goes. */
void files_exit(struct task *task)
{
	struct files *files = task->files;

	task->files = NULL;
	if (files)
		files_put(files);
}

/* Before descriptors are closed that must stay open for the others: by close_range(2) with
 * CLOSE_RANGE_UNSHARE, and by execve(2).  The old table cannot go here: others still have it. */
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

/* execve(2) undoes CLONE_FILES.  The old program is gone by now: without memory for a table of its
 * own the new one cannot be entered, and is killed (execve(2), NOTES: by SIGKILL until Linux 3.17,
 * by SIGSEGV since).  Words without a bit are skipped: usually none has one. */
void files_close_on_exec(void)
{
	struct files *files;

	if (files_unshare()) {
		signal_force_kill(SIGSEGV);
		return;
	}
	files = current->files;
	for (unsigned fd = 0; fd < files->capacity; fd++) {
		if (fd % BITS == 0 && !files->close_on_exec[fd / BITS]) {
			fd += BITS - 1;
			continue;
		}
		if (files->slots[fd] && bit_get(files->close_on_exec, fd))
			fd_close(fd);
	}
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
