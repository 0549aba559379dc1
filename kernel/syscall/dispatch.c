/* SPDX-License-Identifier: MIT */
/*
 * dispatch.c - from a number in rax to a function of the kernel.
 *
 * The table is made from abi/syscalls.def.  It refers to each sys_NAME as a *weak* symbol: what is
 * not linked leaves a NULL in its slot, and a NULL slot answers -ENOSYS, as does every number
 * outside of the table.
 *
 * All functions are called through one type with six 64-bit arguments, straight from the saved
 * registers.  That is sound on this ABI: each argument has its register whatever the others are,
 * and a function that takes an int reads the lower half only.
 *
 * The number is the lower half of rax, as on Linux; x32's numbers (bit 30) are beyond the table.
 *
 * Every call leaves a line in the task's ring of the last 16 (task->trace), for the panic report.
 */
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "syscall/dispatch.h"
#include "syscall/strace.h"
#include "task/task.h"

typedef long (*syscall_function)(uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t);

#define SYSCALL(number, name, ...) extern __typeof__(sys_##name) sys_##name weak;
#define PLANNED(number, name, ...) extern __typeof__(sys_##name) sys_##name weak;
#include "abi/syscalls.def"

static const syscall_function functions[SYSCALL_COUNT] = {
#define SYSCALL(number, name, ...) [number] = (syscall_function)(void *)sys_##name,
#define PLANNED(number, name, ...) [number] = (syscall_function)(void *)sys_##name,
#include "abi/syscalls.def"
};

#define TRACE_RING array_size(((struct task *)0)->trace)
static_assert((TRACE_RING & (TRACE_RING - 1)) == 0, "the ring's index wraps by masking");

bool syscall_is_linked(unsigned number)
{
	return number < SYSCALL_COUNT && functions[number];
}

static inline long call(const struct registers *r)
{
	unsigned number = (unsigned)r->orig_rax;

	if (unlikely(number >= SYSCALL_COUNT || !functions[number]))
		return -ENOSYS;
	return functions[number](r->rdi, r->rsi, r->rdx, r->r10, r->r8, r->r9);
}

/* The arguments are noted now: the call may rewrite the frame. */
static uint64_t *trace_begin(struct task *task, const struct registers *r)
{
	uint64_t *entry = task->trace[task->trace_next++ % TRACE_RING];

	entry[0] = (unsigned)r->orig_rax;
	entry[1] = r->rdi;
	entry[2] = r->rsi;
	entry[3] = r->rdx;
	entry[4] = r->r10;
	entry[5] = r->r8;
	entry[6] = r->r9;
	entry[7] = TRACE_UNFINISHED;
	return entry;
}

static long call_logged(const struct registers *r, const uint64_t *entry)
{
	struct strace_line line;
	long result;

	strace_begin(&line, entry);
	result = call(r);
	strace_end(&line, result);
	return result;
}

bool syscall_dispatch(struct registers *registers)
{
	struct task *task = current;
	uint64_t *entry = trace_begin(task, registers);
	long result;

	task_account_enter(task, tsc_read());
	if (unlikely(strace_enabled))
		result = call_logged(registers, entry);
	else
		result = call(registers);
	registers->rax = (uint64_t)result;
	entry[7] = (uint64_t)result;

	interrupts_disable();
	if (unlikely(task->work))
		task_work(registers);
	task_account_leave(task, tsc_read());
	return true; /* the way back looks at the frame itself */
}
