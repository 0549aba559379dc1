/* SPDX-License-Identifier: MIT */
/*
 * The flags give the program an I/O privilege level of 3.
 *
 * symptom: CLI, STI and port instructions of programs just work
 * fails: interrupts_off port entry_flags
 * see: Flags that are not the program's
 */
/* in chapters/05-ring3/naive/flat_image.c */
static void user_registers_set(struct registers *registers)
{
	*registers = (struct registers){
		.orig_rax = -1, .rip = IMAGE_START, .cs = USER_CODE, .rflags = RFLAGS_IF | RFLAGS_IOPL,
		.rsp = STACK_TOP, .ss = USER_DATA,
	};
}
