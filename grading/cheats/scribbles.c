/* SPDX-License-Identifier: MIT */
/*
 * Writes bytes of its own into the report channel.
 *
 * verdict: PROTOCOL
 */
/* in ktest.c */
void ktest_run_wanted(void)
{
	observe("one");
	for (unsigned char byte = 1; byte < 100; byte++)
		__asm__ volatile("outb %0, %1" : : "a"(byte), "Nd"((unsigned short)0xe9));
	observe("two");
	machine_power_off();
}
