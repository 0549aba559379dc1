/* SPDX-License-Identifier: MIT */
/*
 * panic.c - the kernel found itself wrong: say everything that helps, then end the machine.
 *
 * Nothing here takes a lock, allocates or trusts more than it must: a backtrace follows frame
 * pointers only while they stay in kernel memory and grow.  A panic during a panic is reported in
 * the place of the first, whose account it cut short, and ends at once.
 *
 * Who calls: assert() (lib/assert.h), panic() where going on would do harm, traps of the kernel
 * (trap.c). Output goes to the log and to the report channel, which a machine that watches reads;
 * the machine then ends with a status of its own (drivers/power.c), so that tests need not wait
 * for a time-out.
 */
#include "arch/panic.h"
#include "arch/msr.h"
#include "arch/trap.h"
#include "lib/assert.h"
#include "lib/printf.h"
#include "lib/symbols.h"

#define BACKTRACE_MAX 32

static int panicking; /* how many panics have begun */

static void print_place(const char *what, uint64_t address)
{
	uint64_t offset;
	const char *name = symbol_name(address, &offset);

	if (name)
		kprintf(LOG_EMERGENCY, "%s %016lx %s+%#lx", what, address, name, offset);
	else
		kprintf(LOG_EMERGENCY, "%s %016lx", what, address);
}

/* A frame is two words: the caller's frame pointer and the return address. */
static bool frame_is_plausible(uint64_t frame, uint64_t previous)
{
	/* Stacks grow down, so callers' frames lie higher: this also ends any circle. */
	return (frame & 7) == 0 && frame > previous && frame >= DIRECT_MAP &&
	       frame <= ~0UL - 16;
}

void backtrace_print(uint64_t frame_pointer, uint64_t rip)
{
	uint64_t previous = 0;
	int depth;

	print_place("  at", rip);
	for (depth = 0; depth < BACKTRACE_MAX; depth++) {
		const uint64_t *frame = (const uint64_t *)frame_pointer;

		if (!frame_is_plausible(frame_pointer, previous) || !frame[1])
			return;
		print_place("from", frame[1]);
		previous = frame_pointer;
		frame_pointer = frame[0];
	}
}

static void registers_print(const struct registers *r)
{
	kprintf(LOG_EMERGENCY, "rax %016lx rbx %016lx rcx %016lx rdx %016lx",
		r->rax, r->rbx, r->rcx, r->rdx);
	kprintf(LOG_EMERGENCY, "rsi %016lx rdi %016lx rbp %016lx rsp %016lx",
		r->rsi, r->rdi, r->rbp, r->rsp);
	kprintf(LOG_EMERGENCY, "r8  %016lx r9  %016lx r10 %016lx r11 %016lx",
		r->r8, r->r9, r->r10, r->r11);
	kprintf(LOG_EMERGENCY, "r12 %016lx r13 %016lx r14 %016lx r15 %016lx",
		r->r12, r->r13, r->r14, r->r15);
	kprintf(LOG_EMERGENCY, "rip %016lx cs %lx rflags %lx ss %lx vector %u error %x",
		r->rip, r->cs, r->rflags, r->ss, r->vector, r->error);
	kprintf(LOG_EMERGENCY, "cr0 %lx cr2 %lx cr3 %lx cr4 %lx",
		cr0_read(), cr2_read(), page_table_loaded(), cr4_read());
}

static void panic_finish(const char *message, uint64_t frame_pointer, uint64_t rip) noreturn;
static void panic_finish(const char *message, uint64_t frame_pointer, uint64_t rip)
{
	backtrace_print(frame_pointer, rip);
	panic_show_task();
	panic_show_calls();
	report_text("panic", "%s", message);
	machine_exit_panic();
}

/* Says so at most once: what fails while we do (a console, perhaps) uses the report channel only,
 * and what fails in there goes straight to the end. */
static void panic_begin(const char *message)
{
	interrupts_disable();
	if (++panicking == 2)
		report_text("panic", "%s", message);
	if (panicking > 1)
		machine_exit_panic();
	kprintf(LOG_EMERGENCY, "PANIC: %s", message);
}

void panic(const char *format, ...)
{
	uint64_t *frame = __builtin_frame_address(0);
	char message[256];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(message, sizeof(message), format, arguments);
	va_end(arguments);
	panic_begin(message);
	panic_finish(message, frame[0], frame[1]);
}

void panic_at(const struct registers *r, const char *format, ...)
{
	char message[256];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(message, sizeof(message), format, arguments);
	va_end(arguments);
	panic_begin(message);
	registers_print(r);
	panic_finish(message, registers_from_user(r) ? 0 : r->rbp, r->rip);
}

void assert_failed(const char *condition, const char *file, int line)
{
	panic("%s:%d: assertion failed: %s", file, line, condition);
}
