/* SPDX-License-Identifier: MIT */
/*
 * Only the bytewise part of the copy has a row in the fix-up table.
 *
 * symptom: a bad pointer to a long buffer ends the machine, one to a short buffer does not
 * fails: write_arguments
 * see: When the copy faults
 */
/* in arch/user_access.S */
user_access_copy:
	access_site 0xcb
	movq	%rdx, %rcx
	shrq	$3, %rcx
	andl	$7, %edx
	rep movsq
	movl	%edx, %ecx
.Lcopy_bytes:
	rep movsb
.Lcopy_done:
	access_site 0xca
	movq	%rcx, %rax
	ret
	fixup	.Lcopy_bytes, .Lcopy_done
