/* SPDX-License-Identifier: MIT */
/*
 * A copy that ends with a fault leaves user memory open to the kernel.
 *
 * symptom: on processors with SMAP, one bad pointer of a program, and stray pointers of the kernel go unnoticed
 * fails: copy_access
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
	movl	%edx, %ecx
.Lcopy_bytes:
	rep movsb
	access_site 0xca
.Lcopy_done:
	movq	%rcx, %rax
	ret
.Lcopy_quad_faulted:
	leaq	(%rdx, %rcx, 8), %rcx
	jmp	.Lcopy_bytes
	fixup	.Lcopy_quads, .Lcopy_quad_faulted
	fixup	.Lcopy_bytes, .Lcopy_done
