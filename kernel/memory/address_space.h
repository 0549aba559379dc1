/* SPDX-License-Identifier: MIT */
/*
 * address_space.h - what a program sees as memory: areas, and the page tables that cache them.
 *
 * An area is a range of pages with one protection, one backing and one set of ops.  Areas are in a
 * tree by address and never overlap; neighbours with equal properties are merged.  Page tables are
 * a cache of what areas allow: they are filled only by fault.c (fault, fault-around, populate),
 * fork and mremap, and everything may be faulted in again.
 *
 * Locks: `lock` (sleeping, read-write) guards the tree and areas' fields: faults hold it for
 * reading, map/unmap/protect/brk/fork for writing.  `tables_lock` (spin) guards the page tables;
 * entries are re-checked under it.  Order: inode > lock > page; no user copy under `lock` or a
 * spinlock.  All unmapping goes through a gather: clear, flush once, then free.
 *
 * What is written once and then constant (exec sets it before the space is anybody's): the marks
 * code_start ... environment_end, auxv, executable. /proc/PID shows them without the lock.
 *
 * Sources: mmap(2), mprotect(2), brk(2), fork(2); proc(5) for the names in maps; SDM vol. 3, 4.10
 * for when the TLB must be flushed.
 */
#pragma once

#include "lib/tree.h"
#include "lock/mutex.h"
#include "memory/page_table.h"

struct address_space;
struct page_cache;
struct file; /* fs/file.h; memory/ only counts references, through the steps below */

#define AREA_READ     0x1 /* = PROT_READ ... of mman.h, so that they convert by masking */
#define AREA_WRITE    0x2
#define AREA_EXECUTE  0x4
#define AREA_SHARED   0x8
#define AREA_GROWS_DOWN 0x10
#define AREA_NO_RESERVE 0x20
#define AREA_STACK    0x40
#define AREA_HEAP     0x80
#define AREA_MAY_WRITE 0x100 /* mprotect may add it: shared maps of read-only descriptors lack it */
#define AREA_MAY_READ  0x200
#define AREA_MAY_EXECUTE 0x400
#define AREA_DONT_FORK 0x800
#define AREA_WIPE_ON_FORK 0x1000 /* the child sees zeros */
#define AREA_LOCKED 0x2000 /* counts as locked (mlock(2)); no page is ever taken away anyhow */
#define AREA_SPECIAL 0x4000 /* the kernel's own page: it neither grows nor counts as locked */
#define AREA_LOCK_ON_FAULT 0x8000 /* with AREA_LOCKED: new pages are not faulted in */
#define AREA_PROTECTION (AREA_READ | AREA_WRITE | AREA_EXECUTE)

struct area;
struct area_ops {
	/*
	 * Makes `address` (page-aligned, inside) accessible for `access` (one
	 * AREA_READ/WRITE/EXECUTE, already allowed by the area's protection): installs the entry
	 * under tables_lock.  0; -ENOMEM; -EFAULT (SIGSEGV); -EIO (SIGBUS, past the end of the
	 * file).  Area lock held for reading; may sleep.
	 */
	int (*fault)(struct area *area, user_address address, unsigned access);
	/* The area has come to be (mapped, split off, forked) or goes away.  May be NULL. */
	void (*attach)(struct area *area);
	void (*release)(struct area *area);
	const char *name; /* for /proc/PID/maps: "[heap]", "[stack]", or NULL */
};
/* memory/anonymous.c: private, zero-filled, copy-on-write */
extern const struct area_ops anonymous_ops;
/* memory/file_map.c: pages of area->cache, shared or private; its `fault` alone is for areas of a
 * cache that never shrinks */
extern const struct area_ops cache_ops;
int cache_fault(struct area *area, user_address address, unsigned access);

struct area {
	struct tree_node node;
	user_address start, end; /* page-aligned, start < end */
	/* Bytes free for new areas between this one and the one below; the most in its subtree. */
	uint64_t gap, widest_gap;
	uint32_t flags;		 /* AREA_* */
	const struct area_ops *ops;
	struct address_space *space;
	struct page_cache *cache; /* cache_ops: what it maps, counted if it lives alone; or NULL */
	uint64_t offset;	  /* cache_ops: bytes in the cache that `start` maps */
	struct file *file;	  /* a counted reference, or NULL (shared anonymous, boot module) */
	struct list cache_link;	  /* in cache->areas, guarded by cache->areas_lock */
};

struct address_space {
	uint32_t count;	      /* tasks and kernel users that hold it */
	physical_address root;
	struct rwlock lock;
	struct tree areas;
	uint32_t area_count;
	struct area *recent;  /* the area found last: most look-ups hit it */
	struct spinlock tables_lock;
	/* guarded by lock */
	user_address brk_start, brk_end; /* brk_end: as asked, not rounded */
	user_address mmap_top;		 /* maps are placed below, top down */
	user_address stack_top, code_start, code_end, data_start, data_end;
	user_address argument_start, argument_end, environment_start, environment_end;
	uint64_t auxv[48];		 /* as on the stack, for /proc/PID/auxv */
	uint64_t total_pages, locked_pages; /* VmSize, VmLck in pages */
	bool locks_new, fills_new;	 /* mlockall(MCL_FUTURE), without MCL_ONFAULT */
	uint64_t data_pages;		 /* of private, writable areas: what RLIMIT_DATA limits */
	/* pages present: 0 anonymous, 1 cache; guarded by tables_lock */
	uint64_t resident[2];
	uint64_t peak_total, peak_resident; /* brought up to date when pages go */
	struct file *executable;	 /* counted, or NULL: /proc/PID/exe */
	bool undumpable;		 /* nobody but root may look into it (PR_SET_DUMPABLE) */
};

/* A new one with no areas (count 1), or NULL. */
struct address_space *address_space_create(void);
void address_space_get(struct address_space *space);
uint64_t address_space_tables(struct address_space *space); /* pages that page tables take */
/* The most pages that were present at one time (VmHWM, ru_maxrss). */
uint64_t address_space_peak(const struct address_space *space);
void address_space_put(struct address_space *space); /* the last one unmaps all and frees */
/* A copy-on-write copy for fork; NULL: no memory, and `from` is as before. */
struct address_space *address_space_fork(struct address_space *from);
/* Loads its root when it is not loaded already (NULL: stay where we are - lazy, for kernel
 * tasks). */
void address_space_activate(struct address_space *space);

/* The area that holds `address`, or else the next above it, or NULL.  Lock held. */
struct area *area_find(struct address_space *space, user_address address);
struct area *area_first(struct address_space *space);
struct area *area_next(struct area *area);

/* What mmap asks for; prepared by the caller, consumed by area_map(). */
struct map_request {
	user_address address;	  /* hint, or the place when fixed */
	uint64_t bytes;		  /* > 0; rounded up to pages by area_map */
	uint32_t flags;		  /* AREA_* */
	bool fixed, no_replace;	  /* MAP_FIXED, MAP_FIXED_NOREPLACE */
	user_address top;	  /* not fixed: placed below; 0: below the space's mmap_top */
	bool populate;
	const struct area_ops *ops;
	struct page_cache *cache; /* a reference is taken */
	uint64_t offset;
	struct file *file;	  /* a reference is taken */
};
#define LOWEST_ADDRESS 0x10000UL /* mmap_min_addr: below, null pointers with an offset fault */
#define AREA_COUNT_MAX 65530 /* areas of one space, as on Linux */
#define STACK_GUARD_GAP (256 * PAGE_SIZE) /* kept free below areas that grow down */
#define MMAP_TOP 0x7ffff7fff000UL /* mmap_top of a new space; exec may move it */
/* Maps; the address in *at.  -ENOMEM, -EINVAL, -EEXIST, -EPERM as mmap(2).  Takes the lock
 * itself. */
int area_map(struct address_space *space, const struct map_request *request, user_address *at);
/* The same under the area lock, held for writing, without populating. */
int area_map_locked(struct address_space *space, const struct map_request *request,
		    user_address *at);
/* munmap(2): pages that nothing maps are no error. -EINVAL: start not on a page, bytes 0 or past
 * USER_END; -ENOMEM: a split would make more than AREA_COUNT_MAX areas, nothing changed. Takes the
 * lock. */
int area_unmap(struct address_space *space, user_address start, uint64_t bytes);
/* mprotect(2), `protection` of AREA_READ, _WRITE, _EXECUTE. -EINVAL: start not on a page; -ENOMEM:
 * a gap, or no descriptor for a split; -EACCES: an area lacks the AREA_MAY_*. What lies before the
 * place of the error has been changed, as on Linux. Takes the lock. */
int area_protect(struct address_space *space, user_address start, uint64_t bytes,
		 uint32_t protection);
/* For exec: sets the break's start. */
void brk_set_start(struct address_space *space, user_address start);

/* Faults in one page as the program itself would (fault.c): 0, -EFAULT, -EIO, -ENOMEM. Takes the
 * lock for reading. `access`: AREA_WRITE etc. */
int address_space_fault(struct address_space *space, user_address address, unsigned access);
/*
 * Copies between a kernel buffer and any space (exec's new one, /proc/PID/mem, ptrace), page by
 * page through the direct map.  Returns the bytes moved.  `write`: into the space (breaks
 * copy-on-write).
 */
size_t space_copy(struct address_space *space, user_address at, void *buffer, size_t bytes,
		  bool write);

/* Removes every entry that maps `cache` at indexes [first, last] from all its areas (truncate).
 * `private_too`: also private copies. */
void areas_unmap_cache(struct page_cache *cache, uint64_t first, uint64_t last, bool private_too);

/* Installs `frame` at `address`, unless an entry is there by now; takes over the caller's count of
 * the frame (puts it when it was not needed).  For ops->fault.  0 or -ENOMEM. */
int area_install(struct area *area, user_address address, struct frame *frame, bool writable);

/* Upward steps: task/.  The current task's space (NULL: a kernel task); a soft limit (RLIMIT_*) of
 * its process, which must be there; the account of page faults (major: waited for a device). */
struct address_space *task_space(void);
uint64_t task_limit(unsigned resource);
bool capable(int capability);
void task_count_fault(bool major);
/* No frame is left for a program's page: ends the process that has the most, and lets it go.
 * false: that is the current one, or there is none.  May sleep; no lock is held. */
bool task_free_memory(void);

/* Nothing is mapped there, but programs may call into it, and /proc/PID/maps shows it.  Upward
 * step: task/vsyscall.c.  The program did call; true: answered, or a signal is on its way. */
#define VSYSCALL_PAGE 0xffffffffff600000UL
bool task_vsyscall(struct registers *registers);

/* Upward steps: fs/file.c counts files held by areas. Before there are files: stand-ins. */
void area_file_get(struct file *file);
void area_file_put(struct file *file);
