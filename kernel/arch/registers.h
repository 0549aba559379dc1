/* SPDX-License-Identifier: MIT */
/*
 * registers.h - the one register frame: what a system call, a trap and an interrupt push, lowest
 * address first.  For an entry from user mode it lies at the very top of the task's kernel stack.
 *
 * Invariant: orig_rax holds the number of the system call being served, or -1 when this frame is
 * a trap's or an interrupt's (and once a signal or sigreturn has rewritten the frame, so that
 * nothing is restarted twice).
 */
#pragma once

#include "lib/types.h"

struct registers {
	uint64_t r15, r14, r13, r12, rbp, rbx; /* preserved across calls (System V ABI) */
	uint64_t r11, r10, r9, r8, rax, rcx, rdx, rsi, rdi;
	int64_t orig_rax;
	uint32_t error;	 /* the processor's error code, or 0 */
	uint32_t vector; /* trap or interrupt number; 0 for a system call */
	uint64_t rip, cs, rflags, rsp, ss; /* pushed by the processor (SDM vol. 3, 6.14.2) */
};

static_assert(sizeof(struct registers) == 176, "entry.S knows the frame's size");

static inline bool registers_from_user(const struct registers *r)
{
	return (r->cs & 3) == 3;
}

#define RFLAGS_CF 0x1UL
#define RFLAGS_TF 0x100UL
#define RFLAGS_IF 0x200UL
#define RFLAGS_DF 0x400UL
#define RFLAGS_IOPL 0x3000UL
#define RFLAGS_NT 0x4000UL
#define RFLAGS_RF 0x10000UL
#define RFLAGS_AC 0x40000UL
/* What a user program may choose itself: CF PF AF ZF SF TF DF OF AC. */
#define RFLAGS_USER 0x40dd5UL
