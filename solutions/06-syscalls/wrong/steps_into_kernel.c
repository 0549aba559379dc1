/* SPDX-License-Identifier: MIT */
/*
 * The trap flag is not cleared on the way in.
 *
 * symptom: a debugger that steps over a system call stops the kernel
 * fails: trace_flag
 * see: Which flags SYSCALL clears
 */
/* in arch/syscall_init.c */
void syscall_init(void)
{
	uint64_t masked = RFLAGS_IF | RFLAGS_DF | RFLAGS_IOPL | RFLAGS_NT | RFLAGS_AC | RFLAGS_RF;

	msr_write(MSR_EFER, msr_read(MSR_EFER) | EFER_SYSCALL);
	msr_write(MSR_STAR, (uint64_t)USER_CODE32 << 48 | (uint64_t)KERNEL_CODE << 32);
	msr_write(MSR_LSTAR, (uint64_t)syscall_entry);
	msr_write(MSR_SYSCALL_MASK, masked);
}
