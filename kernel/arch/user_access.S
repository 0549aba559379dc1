/* SPDX-License-Identifier: MIT */
/*
 * user_access.S - copies in which a page fault is an answer: an instruction that touches user
 * memory has a row in the fix-up table, and a fault that cannot be resolved goes on at its fix-up.
 *
 * The bulk goes by quads.  When a quad faults, its bytes are tried one by one, so that a copy stops
 * exactly where user memory ends.  Between STAC and CLAC (NOPs without SMAP, see cpu.c) user pages
 * are open to the kernel.
 *
 *	size_t user_access_copy(void *to, const void *from, size_t bytes)	bytes NOT copied
 *	size_t user_access_clear(void *to, size_t bytes)			bytes NOT cleared
 *	long user_access_string(char *to, const char *from, size_t room)
 */
#include "arch/entry_macros.h"

	.macro fixup from, to
	.section .fixup_table, "a"
	.quad	\from, \to
	.previous
	.endm

#define EFAULT 14

	.text
	.global user_access_copy
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
.Lcopy_quad_faulted:			/* rcx quads and edx bytes are left */
	leaq	(%rdx, %rcx, 8), %rcx
	jmp	.Lcopy_bytes
	fixup	.Lcopy_quads, .Lcopy_quad_faulted
	fixup	.Lcopy_bytes, .Lcopy_done

	.global user_access_clear
user_access_clear:
	access_site 0xcb
	xorl	%eax, %eax
	movq	%rsi, %rcx
	shrq	$3, %rcx
	andl	$7, %esi
.Lclear_quads:
	rep stosq
	movl	%esi, %ecx
.Lclear_bytes:
	rep stosb
.Lclear_done:
	access_site 0xca
	movq	%rcx, %rax
	ret
.Lclear_quad_faulted:
	leaq	(%rsi, %rcx, 8), %rcx
	jmp	.Lclear_bytes
	fixup	.Lclear_quads, .Lclear_quad_faulted
	fixup	.Lclear_bytes, .Lclear_done

/*
 * A quad has a zero byte iff (q - 0x01..01) & ~q & 0x80..80 is not 0; the quad with the NUL, and
 * one that faults because it reaches beyond the string's page, are done byte by byte.
 * rdi to, rsi from, rdx room left; rax the length so far.
 */
	.global user_access_string
user_access_string:
	access_site 0xcb
	xorl	%eax, %eax
	movabsq	$0x0101010101010101, %r8
	movabsq	$0x8080808080808080, %r9
1:	subq	$8, %rdx
	jb	.Lstring_tail
.Lstring_quad:
	movq	(%rsi, %rax), %rcx
	movq	%rcx, %r10
	movq	%rcx, %r11
	subq	%r8, %r10
	notq	%r11
	andq	%r11, %r10
	testq	%r9, %r10
	jnz	.Lstring_tail
	movq	%rcx, (%rdi, %rax)
	addq	$8, %rax
	jmp	1b
.Lstring_tail:
	addq	$8, %rdx		/* at least one byte's room unless the string fills it */
	jz	3f
.Lstring_byte:
	movzbl	(%rsi, %rax), %ecx
	movb	%cl, (%rdi, %rax)
	testl	%ecx, %ecx
	jz	3f
	incq	%rax
	decq	%rdx
	jnz	.Lstring_byte
3:	access_site 0xca
	ret
.Lstring_faulted:
	access_site 0xca
	movq	$-EFAULT, %rax
	ret
	fixup	.Lstring_quad, .Lstring_tail
	fixup	.Lstring_byte, .Lstring_faulted

	.section .note.GNU-stack, "", @progbits
