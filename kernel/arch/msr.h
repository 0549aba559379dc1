/* SPDX-License-Identifier: MIT */
/*
 * msr.h - model-specific and control registers: names, bits and access (SDM vol. 4; vol. 3, 2.5).
 * Only arch/ includes it.
 */
#pragma once

#include "lib/types.h"

#define MSR_APIC_BASE	   0x1b
#define MSR_EFER	   0xc0000080
#define MSR_STAR	   0xc0000081
#define MSR_LSTAR	   0xc0000082
#define MSR_CSTAR	   0xc0000083
#define MSR_SYSCALL_MASK   0xc0000084
#define MSR_FS_BASE	   0xc0000100
#define MSR_GS_BASE	   0xc0000101
#define MSR_KERNEL_GS_BASE 0xc0000102 /* what SWAPGS exchanges with GS_BASE */

#define EFER_SYSCALL 0x1
#define EFER_NX	     0x800

#define CR0_MP 0x2	/* with TS clear: no meaning, but the architecture wants it */
#define CR0_EM 0x4	/* emulate the FPU */
#define CR0_TS 0x8	/* trap at the first FPU instruction */
#define CR0_NE 0x20	/* x87 errors are exception 16, not an interrupt */
#define CR0_WP 0x10000	/* read-only pages are read-only for the kernel too */
#define CR0_AM 0x40000	/* lets RFLAGS.AC check alignment in user mode */

#define CR4_MCE	       0x40 /* machine checks are exception 18 instead of a reset */
#define CR4_PGE	       0x80
#define CR4_OSFXSR     0x200
#define CR4_OSXMMEXCPT 0x400
#define CR4_UMIP       0x800
#define CR4_FSGSBASE   0x10000
#define CR4_OSXSAVE    0x40000
#define CR4_SMEP       0x100000
#define CR4_SMAP       0x200000

static inline uint64_t msr_read(uint32_t number)
{
	uint32_t low, high;

	__asm__ volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(number));
	return (uint64_t)high << 32 | low;
}
static inline void msr_write(uint32_t number, uint64_t value)
{
	__asm__ volatile("wrmsr"
			 : : "c"(number), "a"((uint32_t)value), "d"((uint32_t)(value >> 32))
			 : "memory");
}
static inline uint64_t cr0_read(void)
{
	uint64_t value;

	__asm__ volatile("movq %%cr0, %0" : "=r"(value));
	return value;
}
static inline void cr0_write(uint64_t value)
{
	__asm__ volatile("movq %0, %%cr0" : : "r"(value) : "memory");
}
static inline uint64_t cr2_read(void)
{
	uint64_t value;

	__asm__ volatile("movq %%cr2, %0" : "=r"(value));
	return value;
}
static inline uint64_t cr4_read(void)
{
	uint64_t value;

	__asm__ volatile("movq %%cr4, %0" : "=r"(value));
	return value;
}
static inline void cr4_write(uint64_t value)
{
	__asm__ volatile("movq %0, %%cr4" : : "r"(value) : "memory");
}

struct cpuid {
	uint32_t eax, ebx, ecx, edx;
};
static inline struct cpuid cpuid(uint32_t leaf, uint32_t subleaf)
{
	struct cpuid out;

	__asm__ volatile("cpuid"
			 : "=a"(out.eax), "=b"(out.ebx), "=c"(out.ecx), "=d"(out.edx)
			 : "a"(leaf), "c"(subleaf));
	return out;
}
