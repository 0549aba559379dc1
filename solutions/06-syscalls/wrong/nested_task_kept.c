/* SPDX-License-Identifier: MIT */
/*
 * The nested-task flag is not cleared on the way in.
 *
 * symptom: a program that is single-stepped with NT set dies of SIGSEGV, on return from a call
 * fails: trace_flag
 * see: Which flags SYSCALL clears
 */
/* in arch/syscall_init.c */
void syscall_init(void)
{
	uint64_t masked = RFLAGS_TF | RFLAGS_IF | RFLAGS_DF | RFLAGS_IOPL | RFLAGS_AC | RFLAGS_RF;

	msr_write(MSR_EFER, msr_read(MSR_EFER) | EFER_SYSCALL);
	msr_write(MSR_STAR, (uint64_t)USER_CODE32 << 48 | (uint64_t)KERNEL_CODE << 32);
	msr_write(MSR_LSTAR, (uint64_t)syscall_entry);
	msr_write(MSR_SYSCALL_MASK, masked);
}
