/* SPDX-License-Identifier: MIT */
/* in arch/syscall_entry.S */
/*
 * syscall_entry - from SYSCALL to syscall_dispatch() and back to the program.
 *
 * On arrival: rax is the number, rdi rsi rdx r10 r8 r9 the arguments, rcx the program's rip, r11
 * its rflags.  SYSCALL did not touch rsp: it is the program's, and may be anything.  Interrupts
 * are off.  GS is the program's: after swapgs %gs:CPU_USER_RSP and %gs:CPU_KERNEL_STACK are ours.
 *
 * Build a struct registers (arch/registers.h) atop the kernel stack, from its end to its start:
 * ss, rsp, rflags, cs, rip; a quad of zeros (error and vector); orig_rax; then push_general.  Call
 * bool syscall_dispatch(struct registers *) with interrupts on and rbp 0; it returns with them
 * off.
 *
 * Afterwards rax, rcx and r11 may differ, nothing else (SDM vol. 2, SYSRET: rip from rcx, flags
 * from r11).  False means that the frame has been changed, by a signal for instance: jump to
 * return_to_user, which goes by IRET and loads everything from the frame, with rsp at it.  A
 * program with RFLAGS_TF set goes that way, too: after SYSRET it would trap one instruction too
 * early.
 *
 * Hint 1: without a kernel stack nothing can be pushed; without swapgs there is no kernel stack.
 * Hint 2: the call's result is in the frame's rax; syscall_dispatch()'s own, in al, is only
 *	tested.
 * Hint 3: pop_preserved pops r15 ... rbx; then come r11 r10 r9 r8 rax rcx rdx rsi rdi, in
 *	this order.
 * Hint 4: rcx and r11 are loaded from REG_RIP and REG_RFLAGS while rsp is still at the frame; pop
 *	their old values into registers that a later pop loads anyway.
 * Parsons, the end: sysretq / movq REG_RSP - REG_ORIG_RAX(%rsp), %rsp / swapgs / pops /
 *	pop_preserved
 */
syscall_entry:
	exercise syscall_entry
