/* SPDX-License-Identifier: MIT */
/* in chapters/05-ring3/naive/flat_image.c */
/*
 * user_registers_set - what the program finds in its registers, at IMAGE_START, with its stack's end
 * at STACK_TOP.
 *
 * `registers` is the frame that an interrupt from user mode would have left (arch/registers.h): IRET
 * takes the last five from it, and so decides what privilege the program has.  Selectors: USER_CODE,
 * USER_DATA (arch/offsets.h).  Flags: interrupts on, nothing else; what would IOPL 3 permit (SDM
 * vol. 1, 3.4.3)?  The memory of the frame is junk from before: no word of it may reach the program.
 * orig_rax is -1: this is no system call.
 *
 * Hint: one assignment of a compound literal sets what it names and clears the rest.
 */
static void user_registers_set(struct registers *registers)
{
	exercise("user_registers_set");
}
