/* SPDX-License-Identifier: MIT */
/* in arch/syscall_init.c */
/*
 * syscall_init - tell the processor what SYSCALL and SYSRET do.
 *
 * Four model-specific registers (SDM vol. 3, 5.8.8; the instructions' own pages in vol. 2):
 *	MSR_EFER	bit EFER_SYSCALL allows the two instructions; the others stay as they are
 *	MSR_STAR	bits 47:32 kernel code (data lies 8 above); bits 63:48 a base: SYSRET takes
 *			user data 8 above it and user code 16 above it
 *	MSR_LSTAR	the address where SYSCALL arrives: syscall_entry
 *	MSR_SYSCALL_MASK	flags that SYSCALL clears
 * A program sets most flags as it likes and then calls.  Clear each that would do harm before the
 * entry can do something about it: RFLAGS_IF (whose stack would an interrupt use?), TF, DF, AC,
 * NT.
 *
 * Hint 1: msr_read(), msr_write(); the selectors are in arch/offsets.h.
 * Hint 2: USER_CODE32 is that base; there is no such segment for our programs.
 * Hint 3: what does C code assume of the direction flag?  Where does IRET look at NT?
 */
void syscall_init(void)
{
	exercise("syscall_init");
}
