/* SPDX-License-Identifier: MIT */
/*
 * A quad that faults ends the copy: its readable bytes are not tried.
 *
 * symptom: a call that fills a buffer up to the end of memory leaves the last bytes out
 * fails: copy_edge copy_access
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
.Lcopy_done:
	access_site 0xca
	movq	%rcx, %rax
	ret
.Lcopy_quad_faulted:
	leaq	(%rdx, %rcx, 8), %rcx
	jmp	.Lcopy_done
	fixup	.Lcopy_quads, .Lcopy_quad_faulted
	fixup	.Lcopy_bytes, .Lcopy_done
