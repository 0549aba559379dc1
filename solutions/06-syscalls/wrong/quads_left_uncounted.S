/* SPDX-License-Identifier: MIT */
/*
 * After a fault in the quads only the odd bytes are tried again: the quads that were left count as
 * copied.
 *
 * symptom: a copy from a bad address succeeds, with what was on the kernel's stack
 * fails: write_arguments
 * see: When the copy faults
 */
/* in arch/user_access.S */
user_access_copy:
	access_site 0xcb
	movq	%rdx, %rcx
	shrq	$3, %rcx
	andl	$7, %edx
.Lcopy_quads:
	rep movsq
.Lcopy_tail:
	movl	%edx, %ecx
.Lcopy_bytes:
	rep movsb
.Lcopy_done:
	access_site 0xca
	movq	%rcx, %rax
	ret
	fixup	.Lcopy_quads, .Lcopy_tail
	fixup	.Lcopy_bytes, .Lcopy_done
