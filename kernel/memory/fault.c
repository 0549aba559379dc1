/* SPDX-License-Identifier: MIT */
/*
 * fault.c - page faults: where areas become pages.
 *
 * The processor refuses an access; the area that holds the address decides.  Either its ops make
 * the page accessible and the instruction is tried again, or the program gets Linux's signal:
 *
 *	no area there (or none that may grow)	SIGSEGV, SEGV_MAPERR
 *	an area that forbids it			SIGSEGV, SEGV_ACCERR
 *	past the end of a mapped file		SIGBUS, BUS_ADRERR
 *	no memory				SIGKILL
 *
 * When the kernel itself was copying from or to user memory, the copy ends there instead, by the
 * fix-up table.  Any other fault of the kernel is a bug, which the caller reports.
 *
 * Locks: the area lock for reading during ops->fault; a stack that must grow needs it for writing,
 * so the lock is left, taken anew, and everything looked up again (-EAGAIN). The caller holds no
 * spinlock, nor this lock: user copies are never made under it (docs/locks.md).
 *
 * A fault that finds nothing to do is no error: another thread was faster, or the TLB still held
 * the rights of before. The instruction is just tried again.
 *
 * See SDM vol. 3, 4.7 (error code), sigaction(2) (si_code), getrlimit(2) (RLIMIT_STACK).
 */
#include "memory/address_space.h"

#include "abi/errno.h"
#include "abi/resource.h"
#include "abi/signal.h"
#include "lib/printf.h"
#include "memory/area.h"
#include "memory/user_copy.h"

#define ERROR_PRESENT  0x01 /* the processor's error code (SDM vol. 3, 4.7) */
#define ERROR_WRITE    0x02
#define ERROR_RESERVED 0x08
#define ERROR_FETCH    0x10

#define NO_AREA (-ENXIO) /* internal: there is nothing at the address */

/* As on x86: what may be written or executed may be read. */
static bool area_allows(const struct area *area, unsigned access)
{
	return area->flags & (access == AREA_READ ? AREA_PROTECTION : access);
}

static bool area_is_grown_to(struct area *area, user_address address)
{
	struct address_space *space = area->space;
	struct area *below = area_previous(area);

	/* Asked at each growth, so setrlimit() takes effect at once; what has grown stays. */
	if (area->end - address > task_limit(RLIMIT_STACK))
		return false;
	/* The gap is what stops a large local array from jumping over the guard into a map below
	 * (the "Stack Clash" of 2017). A PROT_NONE neighbour is a guard already. */
	if (below && !(below->flags & AREA_GROWS_DOWN) && (below->flags & AREA_PROTECTION) &&
	    address - below->end < STACK_GUARD_GAP)
		return false;
	if (area_check_limits(space, (area->start - address) >> PAGE_SHIFT, area->flags))
		return false;
	area_resize(area, address, area->end);
	return true;
}

/* Extends the stack above `address` down to it.  Called and left without the lock. */
static int stack_grow(struct address_space *space, user_address address)
{
	struct area *area;
	bool done;

	rwlock_write_acquire(&space->lock);
	area = area_find(space, address);
	done = area && (address >= area->start || ((area->flags & AREA_GROWS_DOWN) &&
						   area_is_grown_to(area, address)));
	rwlock_write_release(&space->lock);
	return done ? 0 : NO_AREA;
}

static int fault_locked(struct address_space *space, user_address address, unsigned access)
{
	struct area *area = area_find(space, address);

	if (unlikely(!area))
		return NO_AREA;
	if (unlikely(address < area->start))
		return area->flags & AREA_GROWS_DOWN ? -EAGAIN : NO_AREA;
	if (unlikely(!area_allows(area, access)))
		return -EFAULT;
	debug_assert(area->start <= address && address < area->end && !(address & ~PAGE_MASK));
	return area->ops->fault(area, address, access);
}

/* 0, NO_AREA, -EFAULT, -EIO, -ENOMEM. */
static int fault(struct address_space *space, user_address address, unsigned access)
{
	int error;

	address &= PAGE_MASK;
	do {
		rwlock_read_acquire(&space->lock);
		error = fault_locked(space, address, access);
		rwlock_read_release(&space->lock);
	} while (error == -EAGAIN && !(error = stack_grow(space, address)));
	return error;
}

#define KILLS_MAX 1000 /* then the victims must be waiting for us */

/* A fault of the current task: others make room for it. */
static int fault_of_task(user_address address, unsigned access)
{
	int error = fault(task_space(), address, access);

	/* The lock is free again here: a victim may need it to die. */
	for (int kills = 0; unlikely(error == -ENOMEM) && kills < KILLS_MAX; kills++) {
		if (!task_free_memory())
			break;
		error = fault(task_space(), address, access);
	}
	return error;
}

int address_space_fault(struct address_space *space, user_address address, unsigned access)
{
	int error = address < USER_END ? fault(space, address, access) : NO_AREA;

	return error == NO_AREA ? -EFAULT : error;
}

static void fault_signal(struct registers *registers, user_address address, int error)
{
	if (error == -EIO) {
		task_fault(registers, SIGBUS, BUS_ADRERR, address);
	} else if (error == -ENOMEM) {
		kprintf(LOG_ERROR, "out of memory: the program that asks is killed\n");
		task_fault(registers, SIGKILL, SI_KERNEL, 0);
	} else {
		task_fault(registers, SIGSEGV, error == NO_AREA ? SEGV_MAPERR : SEGV_ACCERR,
			   address);
	}
}

static unsigned access_of(uint32_t error)
{
	if (error & ERROR_FETCH)
		return AREA_EXECUTE;
	return error & ERROR_WRITE ? AREA_WRITE : AREA_READ;
}

/* A kernel fault that is no copy's: a wild pointer, or user memory touched outside of a copy.  A
 * page brought for it would hide the bug, or show another: the area lock may be held. */
static bool is_kernel_bug(const struct registers *registers, user_address address)
{
	return address >= USER_END || !(registers->rflags & RFLAGS_IF) ||
	       !fixup_exists(registers) ||
	       (cpu_features.smap && !(registers->rflags & RFLAGS_AC));
}

static bool kernel_fault(struct registers *registers, user_address address)
{
	/* The copy ends by its fix-up if there is one for this instruction; false is a kernel
	 * bug. */
	if (user_faults_are_off() || !task_space() || is_kernel_bug(registers, address))
		return fixup_apply(registers);
	if (!fault_of_task(address, access_of(registers->error)))
		return true;
	return fixup_apply(registers);
}

static bool is_vsyscall(const struct registers *registers, user_address address)
{
	return (address & PAGE_MASK) == VSYSCALL_PAGE && (registers->error & ERROR_FETCH);
}

bool page_fault(struct registers *registers, user_address address)
{
	int error = NO_AREA;

	/* A reserved bit in an entry is damage to the tables, never the program's doing. */
	if (registers->error & ERROR_RESERVED)
		return false;
	if (!registers_from_user(registers))
		return kernel_fault(registers, address);
	if (unlikely(is_vsyscall(registers, address)) && task_vsyscall(registers))
		return true;
	task_count_fault(false);
	if (address < USER_END)
		error = fault_of_task(address, access_of(registers->error));
	else
		registers->error |= ERROR_PRESENT; /* programs need not learn what is there */
	if (unlikely(error))
		fault_signal(registers, address, error);
	return true;
}
