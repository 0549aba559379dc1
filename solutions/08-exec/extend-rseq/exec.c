/* SPDX-License-Identifier: MIT */
/* in loader/exec_commit.c */
/* What user registers are not in the frame.  The area and the registers both: the next switch may
 * save or load. */
static void machine_state_reset(void)
{
	fpu_area_reset(current->fpu);
	fpu_restore(current->fpu);
	fs_base_set(0);
	user_gs_base_set(0);
	current->fs_base = current->gs_base = 0;
	current->rseq_area = 0; /* an address in the old program's memory */
	current->rseq_signature = 0;
}
