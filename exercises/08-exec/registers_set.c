/* SPDX-License-Identifier: MIT */
/* in loader/exec.c */
/*
 * registers_set - what the processor will hold at the program's first instruction.
 *
 * System V ABI, AMD64 supplement, 3.4.1: rsp as table_put() left it; rdx is a function for atexit(),
 * or 0.  Linux gives 0 in all general registers, and so must we: an old program's secrets are not the
 * new one's.  rip is program->entry, the selectors are USER_CODE and USER_DATA; rflags has IF and
 * nothing else.  orig_rax is -1: no system call goes on here.
 *
 * The frame is task_registers(current): execve's own frame on the kernel stack, from which the return
 * to user mode will load them.  The fast way back (SYSRET) takes rip from rcx and rflags from r11
 * (Intel SDM vol. 2, SYSRET), so both would be seen by the program: task_add_work(current,
 * WORK_NO_SYSRET) asks for IRET.
 *
 * Hint: assign a whole struct registers, naming the fields that are not 0.
 */
static void registers_set(const struct program *program)
{
	exercise("registers_set");
}
