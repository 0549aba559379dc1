/* SPDX-License-Identifier: MIT */
/* in arch/entry.S */
/*
 * trap_from_kernel - an exception or interrupt came while kernel code ran: call trap_dispatch()
 * and go back as if nothing had happened.
 *
 * On the stack are the processor's five words (ss, rsp, rflags, cs, rip; SDM vol. 3, 6.14.2) and,
 * put there by the stub, one word with vector and error code.  To do, in this order:
 *	- complete the struct registers (registers.h): orig_rax is -1 (not a system call), and below
 *	  it the fifteen general registers; push_general does these;
 *	- access_site 0xca: user memory is closed (CLAC, where the processor has it); cld: C code
 *	  expects it;
 *	- if the trap came from the instruction at iret_to_user, jump to trap_bad_iret: that fault
 *	  is the user program's (REG_RIP(%rsp) is where the frame says);
 *	- call trap_dispatch with the frame's address as its only argument;
 *	- restore every register, take error and vector off the stack, and return from the
 *	  interrupt.
 * The interrupted code did not call you: no register may be different after it, flags included.
 *
 * Hint 1: arguments go in %rdi (System V ABI); the frame begins where %rsp points.
 * Hint 2: pop_all is push_general's way back, and leaves %rsp at rip.
 * Parsons: put in order - iretq / pop_all / pushq $-1 / call trap_dispatch / cld / movq %rsp, %rdi /
 *	push_general / access_site 0xca / je trap_bad_iret / cmpq $iret_to_user, REG_RIP(%rsp)
 */
trap_from_kernel:
	exercise trap_from_kernel
