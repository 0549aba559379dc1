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
#include "config.h"
#include "syscall/dispatch.h"
#include "syscall/strace.h"
#include "task/task.h"

typedef long (*syscall_function)(uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t);

/* Declared again, weakly: an undefined weak symbol is NULL instead of an error of the link. */
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

/* Two tests before the call; both are for programs that probe what there is. */
static inline long serve(uint64_t number, uint64_t a, uint64_t b, uint64_t c, uint64_t d,
			 uint64_t e, uint64_t f)
{
	if (unlikely(number >= SYSCALL_COUNT || !functions[number]))
		return -ENOSYS;
	return functions[number](a, b, c, d, e, f);
}

/* The line lies on the stack of the call: two tasks may be in the midst of theirs. */
static long call_logged(const uint64_t *entry)
{
	struct strace_line line;
	long result;

	strace_begin(&line, entry);
	result = serve(entry[0], entry[1], entry[2], entry[3], entry[4], entry[5],
		       entry[6]);
	strace_end(&line, result);
	return result;
}

/* The arguments are noted before the call, which may rewrite the frame; and loaded only once, for
 * this is what every call pays. */
static inline long call(const struct registers *r, uint64_t *entry)
{
	uint64_t a = r->rdi, b = r->rsi, c = r->rdx, d = r->r10, e = r->r8, f = r->r9;
	uint64_t number = (uint32_t)r->orig_rax;

	entry[0] = number;
	entry[1] = a;
	entry[2] = b;
	entry[3] = c;
	entry[4] = d;
	entry[5] = e;
	entry[6] = f;
	entry[7] = TRACE_UNFINISHED;
	if (unlikely(strace_enabled))
		return call_logged(entry);
	return serve(number, a, b, c, d, e, f);
}

/* What SYSRET relies on (arch/syscall_entry.S). */
static bool frame_is_untouched(const struct registers *r)
{
	return r->rip == r->rcx && r->rflags == r->r11 && r->rip <= USER_END;
}

bool syscall_dispatch(struct registers *registers)
{
	struct task *task = current;
	uint64_t *entry = task->trace[task->trace_next++ % TRACE_RING];
	long result;

	debug_assert(task->magic == TASK_MAGIC && interrupts_enabled());
	task_account_enter(task, tsc_read());
	result = call(registers, entry);
	registers->rax = (uint64_t)result;
	entry[7] = (uint64_t)result;

	/* A spinlock that was not released would have left them off. */
	debug_assert(interrupts_enabled());
	/* From here to user mode nothing may come in between: a bit that an interrupt set in
	 * task->work after this look would wait for the next entry. */
	interrupts_disable();
	task = current; /* asked again rather than kept: a register less to save */
	if (unlikely(task->work)) {
		task_work(registers);
		task_account_leave(current, tsc_read());
		return false;
	}
	debug_assert(frame_is_untouched(registers));
	task_account_leave(task, tsc_read());
	return true;
}
