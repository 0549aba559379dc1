/* SPDX-License-Identifier: MIT */
/*
 * FS and GS keep the bases of the old program.
 *
 * symptom: a program reads an address of the one before it
 * fails: first_registers
 * see: What is not inherited
 */
/* in loader/exec_commit.c */
static void machine_state_reset(void)
{
	fpu_area_reset(current->fpu);
	fpu_restore(current->fpu);
}
