/* SPDX-License-Identifier: MIT */
/*
 * offsets.h - the numbers that assembly must know, for both languages.  The C half proves that
 * they are what the structs say.
 */
#pragma once

/* Physical address 0 is here in the image's window; kernel.ld links the image 1 MiB above. */
#define IMAGE_WINDOW 0xffffffff80000000

/* Selectors, arranged as SYSCALL and SYSRET want them (SDM vol. 2, SYSRET): user data lies 8 above
 * the base in STAR and user code 16 above.  A user program sees Linux's values. */
#define KERNEL_CODE 0x08
#define KERNEL_DATA 0x10
#define USER_CODE32 0x23 /* never loaded, but it is SYSRET's base */
#define USER_DATA   0x2b
#define USER_CODE   0x33
#define TSS_SELECTOR 0x40

/* struct cpu */
#define CPU_KERNEL_STACK 8
#define CPU_USER_RSP	 16

/* struct registers */
#define REG_ORIG_RAX 120
#define REG_RIP	     136
#define REG_RFLAGS   152
#define REG_RSP	     160
#define REG_SIZE     176

#ifndef __ASSEMBLER__
#include "arch/arch.h"

static_assert(IMAGE_WINDOW == KERNEL_IMAGE, "boot.S links where arch.h says");
static_assert(offsetof(struct cpu, kernel_stack) == CPU_KERNEL_STACK, "entry.S reads it");
static_assert(offsetof(struct cpu, user_rsp) == CPU_USER_RSP, "entry.S writes it");
static_assert(offsetof(struct registers, orig_rax) == REG_ORIG_RAX, "entry.S");
static_assert(offsetof(struct registers, rip) == REG_RIP, "entry.S");
static_assert(offsetof(struct registers, rflags) == REG_RFLAGS, "entry.S");
static_assert(offsetof(struct registers, rsp) == REG_RSP, "entry.S");
static_assert(sizeof(struct registers) == REG_SIZE, "entry.S");
#endif
