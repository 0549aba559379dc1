/* SPDX-License-Identifier: MIT */
/*
 * trap.h - vector numbers (SDM vol. 3, table 6-1; interrupts: our choice) and what entry.S, trap.c
 * and interrupts.c call of each other.
 */
#pragma once

#include "arch/arch.h"

#define VECTOR_DIVIDE	     0
#define VECTOR_DEBUG	     1
#define VECTOR_NMI	     2
#define VECTOR_BREAKPOINT    3
#define VECTOR_OVERFLOW	     4
#define VECTOR_BOUND	     5
#define VECTOR_OPCODE	     6
#define VECTOR_DOUBLE_FAULT  8
#define VECTOR_TSS	     10
#define VECTOR_NOT_PRESENT   11
#define VECTOR_STACK	     12
#define VECTOR_PROTECTION    13
#define VECTOR_PAGE_FAULT    14
#define VECTOR_X87	     16
#define VECTOR_ALIGNMENT     17
#define VECTOR_MACHINE_CHECK 18
#define VECTOR_SIMD	     19
#define VECTOR_EXCEPTIONS    32 /* below it: exceptions; from it on: interrupts */
#define VECTOR_LINE0	     32 /* ISA lines 0-15 */
#define VECTOR_TIMER	     48 /* the local APIC's */
#define VECTOR_SPURIOUS	     255

/* "general protection fault" ... */
const char *trap_name(unsigned vector);

/* From entry.S. */
void trap_dispatch(struct registers *registers);
void trap_on_ist(struct registers *registers);
struct registers *trap_frame_of_bad_iret(struct registers *trap);

/* interrupts.c */
void interrupt_dispatch(struct registers *registers);

/* panic.c: a panic that shows these registers. */
void panic_at(const struct registers *registers, const char *format, ...) noreturn
	printf_like(2, 3);
