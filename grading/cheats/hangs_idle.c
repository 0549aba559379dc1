/* SPDX-License-Identifier: MIT */
/*
 * Reports half of it and halts with interrupts off.
 *
 * verdict: HANG
 */
/* in ktest.c */
void ktest_run_wanted(void)
{
	observe("half");
	for (;;)
		__asm__ volatile("cli; hlt");
}
