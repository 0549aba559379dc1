/* SPDX-License-Identifier: MIT */
/*
 * descriptor_table.h - struct files, between descriptor_table.c, which knows what a number stands
 * for, and descriptor_share.c, which knows who uses the table.  All others use fs/file.h.
 *
 * Invariants: a slot with a file is taken; a taken slot without one is reserved; close_on_exec says
 * something of taken slots only; no free slot is below lowest_free.
 */
#pragma once

#include "fs/file.h"
#include "lib/assert.h"

#define FIRST_SLOTS 64
#define BITS 64 /* in a word of the maps */

struct files {
	uint32_t count;		  /* tasks that share it */
	unsigned capacity;	  /* slots, a multiple of 64 */
	unsigned lowest_free;	  /* no free slot is below */
	struct file **slots;	  /* each holds one count of its file */
	uint64_t *taken, *close_on_exec; /* a bit for each slot */
	/* Room for 64 inside, which is enough for nearly every program: one allocation. */
	struct file *first_slots[FIRST_SLOTS];
	uint64_t first_maps[2];
};

static inline bool bit_get(const uint64_t *map, unsigned bit)
{
	return map[bit / BITS] >> (bit % BITS) & 1;
}

static inline void bit_set(uint64_t *map, unsigned bit, bool on)
{
	uint64_t mask = 1UL << (bit % BITS);

	map[bit / BITS] = on ? map[bit / BITS] | mask : map[bit / BITS] & ~mask;
}

/* The file at `fd`, any number that a program may say; NULL: none, or only reserved.  No count. */
static inline struct file *slot_get(const struct files *files, unsigned fd)
{
	return likely(fd < files->capacity) ? files->slots[fd] : NULL;
}

/* The slot is taken from now on, with or without a file. */
static inline void slot_take(struct files *files, unsigned fd, bool close_on_exec)
{
	debug_assert(fd < files->capacity);
	debug_assert(bit_get(files->taken, fd) || fd >= files->lowest_free);
	bit_set(files->taken, fd, true);
	bit_set(files->close_on_exec, fd, close_on_exec);
	if (fd == files->lowest_free)
		files->lowest_free = fd + 1;
}

/* Makes room for `wanted` slots. 0 or -ENOMEM, and then nothing has changed. */
int files_grow(struct files *files, unsigned wanted);
/* Frees what files_grow() allocated. */
void slots_free(struct files *files);
/* One descriptor's hold on a file ends, and its count: what close(2) returns.  May sleep. */
int file_close(struct files *files, struct file *file);
