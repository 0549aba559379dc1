/* SPDX-License-Identifier: MIT */
/* in arch/trap.c */
/*
 * user_exception - a program raised exception r->vector (not a page fault): it gets Linux's signal.
 *
 * kinds[] says signal, code and which address goes with it (ADDRESS_RIP: the instruction's; else 0);
 * task_fault() sends it.  A vector without a signal cannot come from a program: panic_at().
 * Vector 1: debug_code() reads the code, from a register that the next trap overwrites: with interrupts
 * off.  Vectors 16 and 19: floating_point_code() says which condition; 0 means that nothing is pending
 * any more, and the program just goes on.
 *
 * Interrupts are off at entry.  task_fault() may take long: they must be on by then.
 *
 * Hint 1: the program had interrupts on; how do you know?
 * Hint 2: the order is - panic, what must be read with interrupts off, interrupts on, the rest.
 */
static void user_exception(struct registers *r)
{
	exercise("user_exception");
}
