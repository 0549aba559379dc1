/* SPDX-License-Identifier: MIT */
/*
 * copy.S - memcpy, memmove, memset, and their whole-page forms.
 *
 * The trick: the last quad of the source is loaded *first* and stored *last*, at whatever alignment
 * it has.  So every length of 8 and more is (length - 1) / 8 quads by one `rep` instruction plus
 * that overlapping one, without a byte loop.  Because the tail is in a register before anything is
 * written, the forward copy is also right when `to` lies below `from` and they overlap; memmove
 * needs a loop of its own only in the other direction.
 *
 * The direction flag is clear at entry, as the ABI says, and never set: a backward `rep` would need
 * it, and an interrupt there would find it set.
 *
 * %rdi to, %rsi from (or byte), %rdx bytes; %rax returns `to`.
 */

	.text

	.globl memcpy, memmove, memset, page_copy, page_clear
	.type memcpy, @function
	.type memmove, @function
	.type memset, @function
	.type page_copy, @function
	.type page_clear, @function

memmove:
	movq	%rdi, %rax
	subq	%rsi, %rax
	cmpq	%rdx, %rax		/* unsigned: `to` below `from` is a huge distance */
	jb	copy_backward

memcpy:
	movq	%rdi, %rax
	cmpq	$8, %rdx
	jb	copy_short
	movq	-8(%rsi,%rdx), %r8
	leaq	-8(%rdi,%rdx), %r9
	leaq	-1(%rdx), %rcx
	shrq	$3, %rcx
	rep movsq
	movq	%r8, (%r9)
	ret

copy_short:				/* 0 to 7 bytes */
	cmpl	$4, %edx
	jb	copy_bytes
	movl	(%rsi), %ecx
	movl	-4(%rsi,%rdx), %r8d
	movl	%ecx, (%rdi)
	movl	%r8d, -4(%rdi,%rdx)
	ret
copy_bytes:
	movl	%edx, %ecx
	rep movsb
	ret

copy_backward:				/* `to` lies inside the source: from the end down */
	movq	%rdi, %rax
	cmpq	$8, %rdx
	jb	backward_tail
backward_quad:
	movq	-8(%rsi,%rdx), %r8
	movq	%r8, -8(%rdi,%rdx)
	subq	$8, %rdx
	cmpq	$8, %rdx
	jae	backward_quad
backward_tail:
	testq	%rdx, %rdx
	jz	backward_done
backward_byte:
	movb	-1(%rsi,%rdx), %r8b
	movb	%r8b, -1(%rdi,%rdx)
	decq	%rdx
	jnz	backward_byte
backward_done:
	ret

memset:
	movq	%rdi, %r8		/* the result */
	movzbl	%sil, %eax
	cmpq	$8, %rdx
	jb	set_short
	movabsq	$0x0101010101010101, %rcx
	imulq	%rcx, %rax
	movq	%rax, -8(%rdi,%rdx)
	leaq	-1(%rdx), %rcx
	shrq	$3, %rcx
	rep stosq
	movq	%r8, %rax
	ret
set_short:
	movl	%edx, %ecx
	rep stosb
	movq	%r8, %rax
	ret

page_copy:
	movl	$512, %ecx
	rep movsq
	ret

page_clear:
	xorl	%eax, %eax
	movl	$512, %ecx
	rep stosq
	ret

	.size memmove, memcpy - memmove
	.size memcpy, memset - memcpy
	.size memset, page_copy - memset
	.size page_copy, page_clear - page_copy
	.size page_clear, . - page_clear

	.section .note.GNU-stack, "", @progbits
