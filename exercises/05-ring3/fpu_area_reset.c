/* SPDX-License-Identifier: MIT */
/* in arch/fpu.c */
/*
 * fpu_area_reset - the x87, SSE and AVX registers with which a program starts, in the form that
 * fpu_restore() loads: control words FCW_RESET and MXCSR_RESET, everything else zero.
 *
 * `area` has fpu_area_size bytes of junk: with XSAVE more than struct fpu_area, without it fewer.
 * Zero is not what a reset processor has in its control words (SDM vol. 1, 8.1.5 and 10.2.3): which
 * exceptions would a zero there let through?
 *
 * Hint 1: mxcsr_mask says which bits of MXCSR exist here: mxcsr_valid.
 * Hint 2: with XSAVE, a bit of xstate_bv that is 0 means "initial value"; MXCSR is loaded all the same.
 */
void fpu_area_reset(struct fpu_area *area)
{
	exercise("fpu_area_reset");
}
