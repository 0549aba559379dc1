/* SPDX-License-Identifier: MIT */
/*
 * vsyscall.c - gettimeofday, time and getcpu at fixed addresses, as Linux has them by default
 * (vsyscall=xonly).
 *
 * Programs older than the vDSO, and dietlibc's to this day, call into the page at VSYSCALL_PAGE.
 * Nothing is mapped there: the fault of fetching an instruction is the call, and it is answered as
 * though the page had held the function and a RET.  A pointer that the function could not have
 * written through, or a return address that it could not have read, is the program's SIGSEGV, at
 * the function's address.  The page cannot be read: it holds no instructions to be misused.
 */
#include "abi/errno.h"
#include "abi/signal.h"
#include "abi/syscalls.h"
#include "memory/address_space.h"
#include "memory/user_copy.h"
#include "task/process.h"

#define ERROR_USER_WRITE 0x06 /* the processor's error code of a program's write to no page */

static const struct vsyscall {
	size_t first, second; /* bytes written where the arguments point, unless those are NULL */
} vsyscalls[] = {
	{ sizeof(struct timeval), sizeof(struct timezone) }, /* gettimeofday */
	{ sizeof(int64_t), 0 },				     /* time */
	{ sizeof(uint32_t), sizeof(uint32_t) },		     /* getcpu */
};
#define VSYSCALL_BYTES 1024 /* from one function to the next */

static long vsyscall_answer(size_t which, user_address first, user_address second)
{
	switch (which) {
	case 0:
		return sys_gettimeofday(first, second);
	case 1:
		return sys_time(first);
	default:
		return sys_getcpu(first, second, 0);
	}
}

static bool may_point_to(struct registers *r, user_address pointer, size_t bytes)
{
	if (user_range_valid(pointer, bytes))
		return true;
	r->error = ERROR_USER_WRITE;
	task_fault(r, SIGSEGV, SEGV_MAPERR, pointer);
	return false;
}

bool task_vsyscall(struct registers *r)
{
	size_t which = (r->rip - VSYSCALL_PAGE) / VSYSCALL_BYTES;
	user_address back;
	long result;

	if (r->rip % VSYSCALL_BYTES || which >= array_size(vsyscalls) ||
	    user_get(&back, r->rsp, sizeof(back))) {
		task_fault(r, SIGSEGV, SI_KERNEL, 0);
		return true;
	}
	if (!may_point_to(r, r->rdi, vsyscalls[which].first) ||
	    !may_point_to(r, r->rsi, vsyscalls[which].second))
		return true;
	result = vsyscall_answer(which, r->rdi, r->rsi);
	if (result == -EFAULT) {
		task_fault(r, SIGSEGV, SI_KERNEL, 0);
		return true;
	}
	r->rax = (uint64_t)result;
	r->rip = back;
	r->rsp += sizeof(back);
	return true;
}
