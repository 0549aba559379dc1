/* SPDX-License-Identifier: MIT */
/* in arch/switch.S */
/*
 * context_switch - called by one task, returns in another.
 *
 *	struct task *context_switch(uint64_t *save, uint64_t load, struct task *from)
 *
 * rdi: where to put the stack pointer of the task that calls; rsi: the saved stack pointer of the
 * task to go on with; rdx: `from`, which is the result in the task that comes in.
 *
 * To its caller it is an ordinary call.  So what must survive is what the System V ABI (AMD64
 * supplement, 3.2.1) says that a called function preserves; rip is on the stack already.  Interrupts
 * are off.  A task that never ran has a frame laid out by hand: struct switch_frame in arch/context.c
 * is what you pop, lowest address first - your pushes must make the same.
 *
 * Hint 1: six registers are preserved beside rsp.
 * Hint 2: after rsp is exchanged, rdx still holds what the other task passed: only the stack changed.
 * Hint 3: the last push is the lowest address, and the first pop.
 * Parsons: put in order - ret / movq %rsp, (%rdi) / six pops / movq %rdx, %rax / six pushes /
 *	movq %rsi, %rsp
 */
context_switch:
	exercise context_switch
