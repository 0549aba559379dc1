/* SPDX-License-Identifier: MIT */
/*
 * The first way to user mode loads what IRET loads, and leaves the other registers as the kernel had them.
 *
 * symptom: a program finds addresses of the kernel in its registers
 * fails: entry_registers
 * see: Registers that nobody cleared
 */
/* in arch/entry.S */
user_enter:
	cli
	leaq	REG_RIP(%rdi), %rsp
	swapgs
	jmp	iret_to_user
