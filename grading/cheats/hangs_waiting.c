/* SPDX-License-Identifier: MIT */
/*
 * Reports half of it and waits for interrupts that change nothing.
 *
 * verdict: HANG
 */
/* in ktest.c */
void ktest_run_wanted(void)
{
	observe("half");
	for (;;)
		__asm__ volatile("sti; hlt");
}
