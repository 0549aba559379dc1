/* SPDX-License-Identifier: MIT */
/*
 * The FPU keeps the state of the old program.
 *
 * symptom: results of a calculation depend on which program ran it
 * fails: fpu_reset
 * see: What is not inherited
 */
/* in loader/exec_commit.c */
static void machine_state_reset(void)
{
	fs_base_set(0);
	user_gs_base_set(0);
	current->fs_base = current->gs_base = 0;
}
