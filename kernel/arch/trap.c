/* SPDX-License-Identifier: MIT */
/*
 * trap.c - what happens when the processor refuses an instruction.
 *
 * In user mode it is the program's doing: the task gets the signal, code and address that Linux
 * gives for that exception (the table below; x86 Linux's arch/x86/kernel/traps.c decides them, and
 * tests compare).  In kernel mode it is a bug, unless the instruction has an entry in the fix-up
 * table (user copies): then a panic.
 *
 * Interrupts: off at entry.  For an exception they are enabled again as soon as the state that the
 * next trap could overwrite (CR2, DR6) has been read, if they were enabled before; always off at
 * return.  trap_dispatch() ends with the work that is due before user mode goes on.
 */
#include "abi/signal.h"
#include "arch/cpu_init.h"
#include "arch/msr.h"
#include "arch/trap.h"
#include "lib/assert.h"
#include "lib/printf.h"

enum trap_address { ADDRESS_NONE, ADDRESS_RIP };

static const struct trap_kind {
	const char *name;
	int signal; /* 0: cannot come from a user program */
	int code;
	enum trap_address address; /* siginfo's si_addr */
} kinds[VECTOR_EXCEPTIONS] = {
	[VECTOR_DIVIDE] = { "divide error", SIGFPE, FPE_INTDIV, ADDRESS_RIP },
	[VECTOR_DEBUG] = { "debug exception", SIGTRAP, TRAP_TRACE, ADDRESS_RIP },
	[VECTOR_NMI] = { "non-maskable interrupt", 0, 0, ADDRESS_NONE },
	[VECTOR_BREAKPOINT] = { "breakpoint", SIGTRAP, SI_KERNEL, ADDRESS_NONE },
	[VECTOR_OVERFLOW] = { "overflow", SIGSEGV, SI_KERNEL, ADDRESS_NONE },
	[VECTOR_BOUND] = { "bound range exceeded", SIGSEGV, SI_KERNEL, ADDRESS_NONE },
	[VECTOR_OPCODE] = { "invalid opcode", SIGILL, ILL_ILLOPN, ADDRESS_RIP },
	[7] = { "no FPU", 0, 0, ADDRESS_NONE },
	[VECTOR_DOUBLE_FAULT] = { "double fault", 0, 0, ADDRESS_NONE },
	[9] = { "coprocessor segment overrun", SIGFPE, SI_KERNEL, ADDRESS_NONE },
	[VECTOR_TSS] = { "invalid TSS", SIGSEGV, SI_KERNEL, ADDRESS_NONE },
	[VECTOR_NOT_PRESENT] = { "segment not present", SIGBUS, SI_KERNEL, ADDRESS_NONE },
	[VECTOR_STACK] = { "stack segment fault", SIGBUS, SI_KERNEL, ADDRESS_NONE },
	[VECTOR_PROTECTION] = { "general protection fault", SIGSEGV, SI_KERNEL, ADDRESS_NONE },
	[VECTOR_PAGE_FAULT] = { "page fault", SIGSEGV, SEGV_MAPERR, ADDRESS_NONE },
	[VECTOR_X87] = { "x87 exception", SIGFPE, 0, ADDRESS_RIP },
	[VECTOR_ALIGNMENT] = { "alignment check", SIGBUS, BUS_ADRALN, ADDRESS_NONE },
	[VECTOR_MACHINE_CHECK] = { "machine check", 0, 0, ADDRESS_NONE },
	[VECTOR_SIMD] = { "SIMD exception", SIGFPE, 0, ADDRESS_RIP },
};

const char *trap_name(unsigned vector)
{
	if (vector >= VECTOR_EXCEPTIONS)
		return "interrupt";
	return kinds[vector].name ? kinds[vector].name : "reserved exception";
}

/* ---- fix-ups ---- */

struct fixup {
	uint64_t from, to; /* an instruction that may fault, and where to go on then */
};
extern const struct fixup fixup_table_start[], fixup_table_stop[]; /* kernel.ld */

static const struct fixup *fixup_find(const struct registers *r)
{
	const struct fixup *fixup;

	for (fixup = fixup_table_start; fixup < fixup_table_stop; fixup++)
		if (fixup->from == r->rip && !registers_from_user(r))
			return fixup;
	return NULL;
}

bool fixup_exists(const struct registers *r)
{
	return fixup_find(r);
}

bool fixup_apply(struct registers *r)
{
	const struct fixup *fixup = fixup_find(r);

	if (fixup)
		r->rip = fixup->to;
	return fixup;
}

/* ---- user faults ---- */

static int floating_point_code(bool x87)
{
	unsigned bits = fpu_exception_bits(x87);

	if (bits & 0x01)
		return FPE_FLTINV;
	if (bits & 0x04)
		return FPE_FLTDIV;
	if (bits & 0x08)
		return FPE_FLTOVF;
	if (bits & 0x12)
		return FPE_FLTUND;
	if (bits & 0x20)
		return FPE_FLTRES;
	return 0;
}

#define DR6_STEP 0x4000UL

/* The bits of DR6 stay until they are cleared. */
static int debug_code(void)
{
	uint64_t dr6;

	__asm__ volatile("movq %%dr6, %0; movq %1, %%dr6" : "=&r"(dr6) : "r"(0xffff0ff0UL));
	return dr6 & DR6_STEP ? TRAP_TRACE : TRAP_BRKPT;
}

static void user_exception(struct registers *r)
{
	const struct trap_kind *kind = &kinds[r->vector];
	int code = kind->code;

	if (!kind->signal)
		panic_at(r, "%s in user mode", trap_name(r->vector));
	if (r->vector == VECTOR_DEBUG)
		code = debug_code();
	interrupts_enable();
	if (r->vector == VECTOR_X87 || r->vector == VECTOR_SIMD) {
		code = floating_point_code(r->vector == VECTOR_X87);
		if (!code)
			return; /* spurious: nothing is unmasked and pending */
	}
	task_fault(r, kind->signal, code, kind->address == ADDRESS_RIP ? r->rip : 0);
}

static void kernel_exception(struct registers *r)
{
	if (fixup_apply(r))
		return;
	panic_at(r, "%s in kernel mode, error %#x", trap_name(r->vector), r->error);
}

static void handle_page_fault(struct registers *r)
{
	user_address address = cr2_read();

	/* CR2 has been read: the next fault may overwrite it. */
	if (r->rflags & RFLAGS_IF)
		interrupts_enable();
	if (page_fault(r, address))
		return;
	if (registers_from_user(r))
		task_fault(r, SIGSEGV, SEGV_MAPERR, address);
	else
		panic_at(r, "page fault in kernel mode at %#lx, error %#x", address, r->error);
}

void trap_dispatch(struct registers *r)
{
	if (r->vector == VECTOR_PAGE_FAULT)
		handle_page_fault(r);
	else if (r->vector >= VECTOR_EXCEPTIONS)
		interrupt_dispatch(r);
	else if (registers_from_user(r))
		user_exception(r);
	else
		kernel_exception(r);
	interrupts_disable();
	if (registers_from_user(r))
		task_return_to_user(r);
}

/*
 * The IRET at the very end of a return to user mode faulted.  `trap` is its frame, with the user's
 * registers; what IRET could not load is still atop the kernel stack.  The two frames overlap.
 */
struct registers *trap_frame_of_bad_iret(struct registers *trap)
{
	struct registers *frame = (struct registers *)this_cpu()->kernel_stack - 1;
	struct registers general = *trap;

	general.rip = frame->rip;
	general.cs = frame->cs;
	general.rflags = frame->rflags;
	general.rsp = frame->rsp;
	general.ss = frame->ss;
	*frame = general;
	assert(registers_from_user(frame)); /* else it would not have gone to user mode */
	return frame;
}

/* A push that hits the absent page below a stack cannot push its own fault either. */
static bool stack_overflowed(const struct registers *r)
{
	return r->vector == VECTOR_DOUBLE_FAULT && r->rsp - cr2_read() < PAGE_SIZE;
}

/* NMI, double fault, machine check: on a stack of their own, perhaps in the midst of entry.S. */
void trap_on_ist(struct registers *r)
{
	if (stack_overflowed(r))
		panic_at(r, "double fault: the kernel stack is full");
	if (r->vector != VECTOR_NMI)
		panic_at(r, "%s", trap_name(r->vector));
	/* The "show me where you are" button of emulators and servers. */
	kprintf(LOG_WARNING, "NMI at %#lx", r->rip);
	if (!registers_from_user(r))
		backtrace_print(r->rbp, r->rip);
}
