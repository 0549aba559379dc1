/* SPDX-License-Identifier: MIT */
/*
 * The area is as long as its struct: too short with AVX, and too long for a processor without XSAVE.
 *
 * symptom: a program may find what another left in its AVX registers; on old processors, the object behind is damaged
 * fails: fpu_area
 * see: The FPU
 */
/* in arch/fpu.c */
void fpu_area_reset(struct fpu_area *area)
{
	memset(area, 0, sizeof(*area));
	area->fcw = FCW_RESET;
	area->mxcsr = MXCSR_RESET;
	area->mxcsr_mask = mxcsr_valid;
}
