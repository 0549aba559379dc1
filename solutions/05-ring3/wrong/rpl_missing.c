/* SPDX-License-Identifier: MIT */
/*
 * The program's selectors lack their two lowest bits: the privilege of the program is 0.
 *
 * symptom: IRET itself faults, and the kernel panics before the first program has run an instruction
 * fails: compute selectors
 * see: Privilege is a number in CS
 */
/* in chapters/05-ring3/naive/flat_image.c */
static void user_registers_set(struct registers *registers)
{
	*registers = (struct registers){
		.orig_rax = -1, .rip = IMAGE_START, .cs = USER_CODE & ~3, .rflags = RFLAGS_IF,
		.rsp = STACK_TOP, .ss = USER_DATA & ~3,
	};
}
