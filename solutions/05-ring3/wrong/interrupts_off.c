/* SPDX-License-Identifier: MIT */
/*
 * The program starts with interrupts off, as the kernel had them.
 *
 * symptom: a program that loops keeps the machine for ever: no timer, no keyboard
 * fails: entry_flags spin
 * see: Flags that are not the program's
 */
/* in chapters/05-ring3/naive/flat_image.c */
static void user_registers_set(struct registers *registers)
{
	*registers = (struct registers){
		.orig_rax = -1, .rip = IMAGE_START, .cs = USER_CODE, .rflags = 0x2,
		.rsp = STACK_TOP, .ss = USER_DATA,
	};
}
