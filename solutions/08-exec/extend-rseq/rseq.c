/* SPDX-License-Identifier: MIT */
/* new in task/rseq.c */
/*
 * rseq.c - rseq(2): an area in the program's memory that says on which processor it runs.
 *
 * A task registers one area, 32 bytes on a boundary of 32, with a signature that it must show again to take
 * it back.  The area is a claim like every pointer: it is written to now, and if the program takes the
 * memory away later, that is its affair.  There is one processor here, so what is written stays true.
 * A child in a memory of its own has its parent's area (fork.c); exec forgets it (exec_commit.c).
 *
 * Not here: that a critical section which was preempted, or interrupted by a signal, goes on at its abort
 * handler.  It would be a look at `critical` on the way to user mode, after a switch.
 */
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "memory/user_copy.h"
#include "task/task.h"

#define FLAG_UNREGISTER 1

struct area { /* struct rseq of linux/rseq.h */
	uint32_t cpu_id_start, cpu_id;
	uint64_t critical;
	uint32_t flags, node_id, mm_cid, unused;
};
#define AREA_BYTES sizeof(struct area)
static_assert(AREA_BYTES == 32, "the size of Linux 6.1's area");

static int processor_tell(user_address area, uint32_t start, uint32_t now)
{
	uint32_t both[2] = { start, now };

	return user_put(area, both, sizeof(both));
}

static long area_unregister(user_address area, unsigned length, unsigned signature)
{
	struct task *self = current;

	if (!self->rseq_area || self->rseq_area != area || length != AREA_BYTES)
		return -EINVAL;
	if (self->rseq_signature != signature)
		return -EPERM;
	if (processor_tell(area, 0, ~0U))
		return -EFAULT;
	self->rseq_area = 0;
	self->rseq_signature = 0;
	return 0;
}

/* Nothing changes; the errors tell a library what somebody else has done already. */
static long area_again(user_address area, unsigned length, unsigned signature)
{
	if (current->rseq_area != area || length != AREA_BYTES)
		return -EINVAL;
	return current->rseq_signature == signature ? -EBUSY : -EPERM;
}

long sys_rseq(user_address area, unsigned length, unsigned flags, unsigned signature)
{
	if (flags == FLAG_UNREGISTER)
		return area_unregister(area, length, signature);
	if (flags)
		return -EINVAL;
	if (current->rseq_area)
		return area_again(area, length, signature);
	if (area % AREA_BYTES || length != AREA_BYTES)
		return -EINVAL;
	if (!user_range_valid(area, length) || processor_tell(area, 0, 0))
		return -EFAULT;
	current->rseq_area = area;
	current->rseq_signature = signature;
	return 0;
}
