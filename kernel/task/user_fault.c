/* SPDX-License-Identifier: MIT */
/*
 * user_fault.c - a user program did what the processor forbids: the signal that Linux sends for it,
 * and a line in the log and on the report channel when nothing handles that signal.
 *
 * Never the kernel's end: the program's instructions are its own affair.
 *
 * Called from the trap handlers with interrupts as the program had them (on), no locks held.
 * `code` is si_code (sigaction(2)), `address` si_addr; both reach the handler's siginfo, and CR2,
 * error code and vector its ucontext.
 */
#include "abi/signal.h"
#include "lib/printf.h"
#include "task/process.h"
#include "task/user_fault.h"

static const char *signal_story(int signal)
{
	switch (signal) {
	case SIGSEGV:
		return "segfault";
	case SIGBUS:
		return "bus error";
	case SIGFPE:
		return "arithmetic exception";
	case SIGILL:
		return "invalid instruction";
	case SIGTRAP:
		return "trap";
	default:
		return "fault";
	}
}

void task_fault(struct registers *registers, int signal, int code, uint64_t address)
{
	char text[160];
	int length;

	assert(current->process && registers_from_user(registers));

	if (!signal_is_handled(signal)) {
		length = snprintf(text, sizeof(text),
				  "%s[%d]: %s at %#lx ip %#lx sp %#lx error %x signal %d code %d",
				  current->name, current_process()->pid->number,
				  signal_story(signal), address, registers->rip, registers->rsp,
				  registers->error, signal, code);
		kprintf(LOG_INFO, "%s", text);
		report_record("fault", text, min((size_t)length, sizeof(text) - 1));
	}
	signal_force_fault(registers, signal, code, address);
}
