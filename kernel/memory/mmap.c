/* SPDX-License-Identifier: MIT */
/*
 * mmap.c - the calls mmap(2), munmap(2) and mprotect(2): flags to requests.
 *
 * Errors as on Linux: an offset that is no multiple of a page is EINVAL before anything else, then
 * come the descriptor, the length, a crooked fixed address, the flags and the file's rights, and
 * last the place.
 *
 * A request is prepared without a lock (the descriptor may need to sleep), then mapped under it;
 * the counts that preparing took are put whatever happened, because an area takes its own.
 *
 * The errors that depend on the descriptor come from fs/ by map_file_prepare() (mmap.h).
 */
#include "memory/mmap.h"

#include "abi/errno.h"
#include "abi/mman.h"
#include "abi/prctl.h"
#include "abi/resource.h"
#include "abi/syscalls.h"
#include "memory/page_cache.h"

static_assert(PROT_READ == AREA_READ && PROT_WRITE == AREA_WRITE && PROT_EXEC == AREA_EXECUTE,
	      "protections convert by masking");

#define AREA_MAY_ALL (AREA_MAY_READ | AREA_MAY_WRITE | AREA_MAY_EXECUTE)
#define MAP_32BIT_TOP 0x80000000UL

static uint32_t area_flags(uint64_t protection, uint64_t flags)
{
	uint32_t area = (protection & AREA_PROTECTION) | AREA_MAY_ALL;

	if ((flags & MAP_TYPE) != MAP_PRIVATE)
		area |= AREA_SHARED;
	if (flags & MAP_NORESERVE)
		area |= AREA_NO_RESERVE;
	if (flags & MAP_GROWSDOWN)
		area |= AREA_GROWS_DOWN;
	if (flags & MAP_LOCKED)
		area |= AREA_LOCKED;
	return area;
}

/* As with vm.nr_hugepages = 0, which every distribution has: no page of a size that there is was
 * ever reserved. */
static int huge_pages_refuse(uint64_t flags)
{
	switch (flags >> MAP_HUGE_SHIFT & MAP_HUGE_MASK) {
	case 0:
	case 21: /* 2 MiB */
		return -ENOMEM;
	case 30: /* 1 GiB */
		return cpu_features.pages_1g ? -ENOMEM : -EINVAL;
	default:
		return -EINVAL;
	}
}

int map_request_check(const struct map_request *request, uint64_t flags)
{
	if (!request->bytes)
		return -EINVAL;
	/* Also where rounding up has come to 0. */
	if (round_up(request->bytes, PAGE_SIZE) - 1 >= USER_END ||
	    (request->fixed && request->address > USER_END - round_up(request->bytes, PAGE_SIZE)))
		return -ENOMEM;
	if (request->fixed && (request->address & ~PAGE_MASK))
		return -EINVAL;
	if ((flags & MAP_LOCKED) && !task_limit(RLIMIT_MEMLOCK) && !capable(CAP_IPC_LOCK))
		return -EPERM;
	return 0;
}

static int prepare_anonymous(struct map_request *request, uint64_t flags)
{
	int error = flags & MAP_HUGETLB ? huge_pages_refuse(flags)
					: map_request_check(request, flags);

	if (error)
		return error;
	if ((flags & MAP_TYPE) == MAP_PRIVATE) {
		request->ops = &anonymous_ops;
		request->offset = 0;
		return 0;
	}
	if ((flags & MAP_TYPE) != MAP_SHARED || (flags & MAP_GROWSDOWN))
		return -EINVAL;
	request->offset = 0;
	request->ops = &cache_ops;
	/* Shared anonymous memory is a file without a name: fork's children find the same pages in
	 * the cache, which is what makes it shared. */
	request->cache = page_cache_create(round_up(request->bytes, PAGE_SIZE));
	return request->cache ? 0 : -ENOMEM;
}

/* The area has counts of its own by now. */
static void request_release(struct map_request *request)
{
	if (request->cache)
		page_cache_put(request->cache);
	if (request->file)
		area_file_put(request->file);
}

long sys_mmap(user_address address, size_t length, uint64_t protection, uint64_t flags, int fd,
	      uint64_t offset)
{
	struct map_request request = {
		.address = address,
		.bytes = length,
		.flags = area_flags(protection, flags),
		.fixed = flags & (MAP_FIXED | MAP_FIXED_NOREPLACE),
		.no_replace = flags & MAP_FIXED_NOREPLACE,
		.top = flags & MAP_32BIT ? MAP_32BIT_TOP : 0,
		.populate = (flags & (MAP_POPULATE | MAP_NONBLOCK)) == MAP_POPULATE ||
			    (flags & MAP_LOCKED),
		.offset = offset,
	};
	user_address at;
	int error;

	if (offset & ~PAGE_MASK)
		return -EINVAL;
	error = flags & MAP_ANONYMOUS ? prepare_anonymous(&request, flags)
				      : map_file_prepare(fd, protection, flags, &request);
	if (error)
		return error;
	error = area_map(task_space(), &request, &at);
	request_release(&request);
	return error ? error : (long)at;
}

long sys_munmap(user_address address, size_t length)
{
	return area_unmap(task_space(), address, length);
}

#define PROT_KNOWN (PROT_READ | PROT_WRITE | PROT_EXEC | PROT_SEM)

/* PROT_GROWSDOWN: from the beginning of the stack on. */
static int protect_from_start(user_address *address, size_t *length)
{
	struct address_space *space = task_space();
	struct area *area;
	int error = 0;

	rwlock_read_acquire(&space->lock);
	area = area_find(space, *address);
	if (!area || area->start >= *address + *length) {
		error = -ENOMEM;
	} else if (!(area->flags & AREA_GROWS_DOWN)) {
		error = -EINVAL;
	} else {
		*length += *address - area->start;
		*address = area->start;
	}
	rwlock_read_release(&space->lock);
	return error;
}

long sys_mprotect(user_address address, size_t length, uint64_t protection)
{
	uint64_t grows = protection & (PROT_GROWSDOWN | PROT_GROWSUP);
	int error;

	protection &= ~grows;
	if (grows == (PROT_GROWSDOWN | PROT_GROWSUP) || (address & ~PAGE_MASK))
		return -EINVAL;
	if (!length)
		return 0;
	if (!round_up(length, PAGE_SIZE) || address + round_up(length, PAGE_SIZE) <= address)
		return -ENOMEM;
	if (protection & ~PROT_KNOWN)
		return -EINVAL;
	if (grows == PROT_GROWSUP)
		return -EINVAL; /* no area does */
	if (grows) {
		error = protect_from_start(&address, &length);
		if (error)
			return error;
	}
	return area_protect(task_space(), address, length, protection & AREA_PROTECTION);
}
