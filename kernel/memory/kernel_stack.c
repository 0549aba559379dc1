/* SPDX-License-Identifier: MIT */
/*
 * kernel_stack.c - a stack for each task, with a page below it that is mapped to nothing.
 *
 * STACK_RANGE is an array of slots of five pages: the guard, then the stack's four.  A stack that
 * overflows runs into its guard and faults instead of writing into its neighbour.  Freed
 * stacks stay mapped, linked through their top word, for the next task: to map and unmap one costs
 * more than all else in creating a task.  They are never cleared.
 *
 * Invariants: a bit of `taken` is set from slot_take() to slot_release(), while the stack is in
 * use or kept; a kept stack is mapped and its top word is the link. A link may lie there because
 * nobody runs on a freed stack: exit frees it from the next task's stack (task/scheduler.c).
 *
 * Locks: stacks.lock for the lists; mapping takes kernel_map.c's lock, which is why it is done
 * outside.
 */
#include "memory/heap.h"
#include "memory/page_table.h"

#define STACK_PAGES (KERNEL_STACK_SIZE / PAGE_SIZE)
#define SLOT_BYTES  (KERNEL_STACK_SIZE + PAGE_SIZE)
#define SLOTS	    32768 /* as many as there are pids */
#define KEPT_MAX    32

static struct {
	struct spinlock lock;
	/* guarded by lock: */
	void **kept; /* the top word of the first kept stack, which points to the next one's */
	unsigned kept_count;
	unsigned search; /* the word of `taken` where the next search begins */
	uint64_t taken[SLOTS / 64];
} stacks;

static uint64_t slot_address(unsigned slot)
{
	return STACK_RANGE + slot * SLOT_BYTES;
}

static int slot_take(void)
{
	uint64_t interrupts = spinlock_acquire(&stacks.lock);
	int slot = -1;

	for (unsigned i = 0; i < array_size(stacks.taken); i++) {
		unsigned word = (stacks.search + i) % array_size(stacks.taken);
		uint64_t free = ~stacks.taken[word];

		if (free) {
			stacks.taken[word] |= free & -free;
			/* Lower words are full for now; slot_release() brings the search back to
			 * where room is. */
			stacks.search = word;
			slot = word * 64 + __builtin_ctzl(free);
			break;
		}
	}
	spinlock_release(&stacks.lock, interrupts);
	return slot;
}

static void slot_release(unsigned slot)
{
	uint64_t interrupts = spinlock_acquire(&stacks.lock);

	assert(stacks.taken[slot / 64] & 1UL << slot % 64); /* else: freed twice */
	stacks.taken[slot / 64] &= ~(1UL << slot % 64);
	stacks.search = slot / 64;
	spinlock_release(&stacks.lock, interrupts);
}

/* Unmaps the first `pages` pages of the slot's stack and frees their frames. */
static void slot_unmap(unsigned slot, unsigned pages)
{
	for (unsigned i = 0; i < pages; i++) {
		uint64_t address = slot_address(slot) + (i + 1) * PAGE_SIZE, flags;
		physical_address frame = 0;
		bool mapped = page_table_translate(kernel_root, address, &frame, &flags);

		assert(mapped);
		kernel_page_unmap(address);
		/* Only after the flush that kernel_page_unmap() makes: see area_pages.c. */
		frame_put(frame_of(frame));
	}
}

static bool slot_map(unsigned slot)
{
	for (unsigned i = 0; i < STACK_PAGES; i++) {
		struct frame *frame = frame_alloc(FRAME_KERNEL, 0);

		if (frame && !kernel_page_map(slot_address(slot) + (i + 1) * PAGE_SIZE,
					      frame_physical(frame), PAGE_WRITE | PAGE_NX))
			continue;
		if (frame)
			frame_put(frame);
		slot_unmap(slot, i);
		return false;
	}
	return true;
}

static void **stack_take_kept(void)
{
	uint64_t interrupts = spinlock_acquire(&stacks.lock);
	void **word = stacks.kept;

	if (word) {
		stacks.kept = *word;
		stacks.kept_count--;
	}
	spinlock_release(&stacks.lock, interrupts);
	return word;
}

void *kernel_stack_alloc(void)
{
	void **word;
	int slot;

	if (allocation_fails())
		return NULL;
	word = stack_take_kept();
	if (word)
		return word + 1;
	slot = slot_take();
	if (slot < 0)
		return NULL;
	if (!slot_map(slot)) {
		slot_release(slot);
		return NULL;
	}
	return (void *)slot_address(slot + 1);
}

static void stack_destroy(void *top)
{
	unsigned slot = ((uint64_t)top - STACK_RANGE) / SLOT_BYTES - 1;

	assert(slot < SLOTS);

	slot_unmap(slot, STACK_PAGES);
	slot_release(slot);
}

void kernel_stack_free(void *top)
{
	uint64_t interrupts;
	void **word = (void **)top - 1;
	bool keep;

	assert(((uint64_t)top - STACK_RANGE) % SLOT_BYTES == 0);
	interrupts = spinlock_acquire(&stacks.lock);
	keep = stacks.kept_count < KEPT_MAX;
	if (keep) {
		*word = stacks.kept;
		stacks.kept = word;
		stacks.kept_count++;
	}
	spinlock_release(&stacks.lock, interrupts);
	if (!keep)
		stack_destroy(top);
}

size_t kernel_stack_shrink(void)
{
	size_t freed = 0;
	void **word;

	while ((word = stack_take_kept())) {
		stack_destroy(word + 1);
		freed += STACK_PAGES;
	}
	return freed;
}

bool kernel_stack_is_guard(uint64_t address)
{
	uint64_t offset = address - STACK_RANGE;

	return offset < SLOTS * SLOT_BYTES && offset % SLOT_BYTES < PAGE_SIZE;
}
