/* SPDX-License-Identifier: MIT */
/*
 * Restarts the machine.
 *
 * verdict: RESTART
 */
/* in ktest.c */
void ktest_run_wanted(void)
{
	observe("once more");
	__asm__ volatile("outb %0, %1" : : "a"((unsigned char)0xfe), "Nd"((unsigned short)0x64));
	for (;;)
		;
}
