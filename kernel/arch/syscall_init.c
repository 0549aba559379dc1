/* SPDX-License-Identifier: MIT */
/*
 * syscall_init.c - tells the processor where SYSCALL enters, with which segments, and which flags
 * it clears on the way (SDM vol. 3, 5.8.8).
 *
 * Cleared are: interrupts (there is no kernel stack yet), single-stepping, the direction that
 * string instructions assume, SMAP's override, and what a program could use to confuse IRET.
 *
 * Called once, after descriptors_init(): the segments that SYSCALL loads without looking at the
 * GDT must be what the GDT says, or the first interrupt's IRET would notice.
 */
#include "arch/cpu_init.h"
#include "arch/msr.h"
#include "arch/offsets.h"

extern const char syscall_entry[]; /* syscall_entry.S */

void syscall_init(void)
{
	uint64_t masked = RFLAGS_TF | RFLAGS_IF | RFLAGS_DF | RFLAGS_IOPL | RFLAGS_NT | RFLAGS_AC |
			  RFLAGS_RF;

	/* Until this bit is set SYSCALL is #UD: nothing can enter before the rest is written,
	 * because interrupts are off and no program runs yet. */
	msr_write(MSR_EFER, msr_read(MSR_EFER) | EFER_SYSCALL);
	static_assert(USER_DATA == USER_CODE32 + 8 && USER_CODE == USER_CODE32 + 16 &&
		      KERNEL_DATA == KERNEL_CODE + 8, "SYSCALL and SYSRET compute the others");
	msr_write(MSR_STAR, (uint64_t)USER_CODE32 << 48 | (uint64_t)KERNEL_CODE << 32);
	msr_write(MSR_LSTAR, (uint64_t)syscall_entry);
	msr_write(MSR_SYSCALL_MASK, masked);
}
