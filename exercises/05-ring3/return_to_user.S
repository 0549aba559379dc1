/* SPDX-License-Identifier: MIT */
/* in arch/entry.S */
/*
 * return_to_user - the one way out: rsp is at a struct registers, interrupts are off.
 *
 * Gives the program all its registers and its GS base, and falls through to iret_to_user, the IRETQ
 * that follows (SDM vol. 2, IRET; vol. 3, 6.14.3): it pops rip, cs, rflags, rsp, ss.
 *
 * Hint 1: pop_all (arch/entry_macros.h) pops everything below them, and skips what is no register.
 * Hint 2: which GS base is in force in the kernel, and where is the other (SDM vol. 2, SWAPGS)?
 * Hint 3: nothing may come after the exchange that still needs this_cpu().
 */
return_to_user:
	exercise return_to_user
