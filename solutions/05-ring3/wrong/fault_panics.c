/* SPDX-License-Identifier: MIT */
/*
 * An exception is a bug, whoever raised it: as in chapter 1.
 *
 * symptom: any program can stop the machine
 * fails: divide breakpoint opcode halt
 * see: A fault of a program
 */
/* in arch/trap.c */
static void user_exception(struct registers *r)
{
	panic_at(r, "%s", trap_name(r->vector));
}
