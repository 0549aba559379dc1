/* SPDX-License-Identifier: MIT */
/*
 * The new program is entered by the fast way back from a system call.
 *
 * symptom: none, until somebody looks: rcx and r11 are not 0 at the first instruction
 * fails: first_registers
 * see: The first instruction
 */
/* in loader/exec.c */
static void registers_set(const struct program *program)
{
	*task_registers(current) = (struct registers){
		.orig_rax = -1, .rip = program->entry, .cs = USER_CODE, .rflags = RFLAGS_IF,
		.rsp = program->stack_pointer, .ss = USER_DATA,
	};
}
