/* SPDX-License-Identifier: MIT */
/*
 * The way out leaves GS as the kernel has it.
 *
 * symptom: the first trap of the program swaps to the wrong GS, and the machine resets
 * fails: compute
 * see: GS has two owners
 */
/* in arch/entry.S */
return_to_user:
	pop_all
