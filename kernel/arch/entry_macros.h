/* SPDX-License-Identifier: MIT */
/*
 * entry_macros.h - for the assembly files only: saving and restoring a struct registers, and the
 * places where user memory is opened and closed.
 */
#pragma once

/* STAC and CLAC exist only with SMAP: the places are NOPs that cpu_init() patches then. */
	.macro access_site code
	.section .access_sites, "a"
	.quad	9f
	.quad	\code			/* 0xca: CLAC, 0xcb: STAC (third opcode byte) */
	.previous
9:	.byte	0x0f, 0x1f, 0x00	/* a NOP of three bytes */
	.endm

	.macro push_general
	pushq	%rdi
	pushq	%rsi
	pushq	%rdx
	pushq	%rcx
	pushq	%rax
	pushq	%r8
	pushq	%r9
	pushq	%r10
	pushq	%r11
	pushq	%rbx
	pushq	%rbp
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	.endm

	.macro pop_preserved
	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbp
	popq	%rbx
	.endm

	/* Leaves rsp at rip: what IRET pops. */
	.macro pop_all
	pop_preserved
	popq	%r11
	popq	%r10
	popq	%r9
	popq	%r8
	popq	%rax
	popq	%rcx
	popq	%rdx
	popq	%rsi
	popq	%rdi
	addq	$16, %rsp		/* orig_rax, error and vector */
	.endm
