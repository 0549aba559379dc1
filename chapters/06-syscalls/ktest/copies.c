/* SPDX-License-Identifier: MIT */
/*
 * copies.c - on a processor with SMAP, user memory is open to the kernel as long as a copy runs, and no
 * longer: also where the copy ends with a fault.
 */
#include "ktest.h"
#include "lib/assert.h"
#include "memory/area.h"
#include "memory/user_copy.h"

#define START 0x400000UL

/* Of two pages the second is absent.  No task owns the space, so nobody brings it. */
static struct address_space *space_make(void)
{
	struct address_space *space = address_space_create();
	struct area *area = area_alloc();

	if (!space || !area)
		panic("no memory for a test's address space");
	*area = (struct area){
		.start = START, .end = START + 2 * PAGE_SIZE, .flags = AREA_READ | AREA_WRITE,
		.ops = &anonymous_ops, .space = space,
	};
	rwlock_write_acquire(&space->lock);
	area_enter(area);
	rwlock_write_release(&space->lock);
	if (address_space_fault(space, START, AREA_WRITE))
		panic("no memory for a test's page");
	return space;
}

static bool user_memory_is_open(void)
{
	uint64_t flags;

	__asm__ volatile("pushfq; popq %0" : "=r"(flags));
	return flags & RFLAGS_AC;
}

static void copy_to(const char *key, user_address to)
{
	static const char bytes[20] = "of a kernel's buffer";
	size_t left = user_access_copy((void *)to, bytes, sizeof(bytes));

	observe("%s: left=%zu open=%d", key, left, user_memory_is_open());
}

static void copy_access(void)
{
	struct address_space *space = space_make();

	observe("smap=%d", cpu_features.smap);
	address_space_activate(space);
	copy_to("within", START);
	copy_to("across", START + PAGE_SIZE - 13);
	copy_to("nowhere", START + PAGE_SIZE);
	address_space_put(space);
}
KTEST(copy_access);
