/* SPDX-License-Identifier: MIT */
/*
 * The control words start as zero, like everything else.
 *
 * symptom: the first sum that is not exact kills the program - on a real processor: QEMU's TCG
 *          raises no SSE exceptions, so here it is only seen by looking
 * fails: fpu_fresh
 * see: The FPU
 */
/* in arch/fpu.c */
void fpu_area_reset(struct fpu_area *area)
{
	memset(area, 0, fpu_area_size);
}
