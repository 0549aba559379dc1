/* SPDX-License-Identifier: MIT */
/*
 * Reports half of it and spins with interrupts off.
 *
 * verdict: HANG
 */
/* in ktest.c */
void ktest_run_wanted(void)
{
	observe("half");
	__asm__ volatile("cli");
	for (;;)
		;
}
