/* SPDX-License-Identifier: MIT */
/*
 * Sends a record again, byte for byte.
 *
 * verdict: PROTOCOL
 */
/* in ktest.c */
void ktest_run_wanted(void)
{
	static const char record[] = "STRX 5eee 1 end 10 frames_all\n";

	observe("one");
	for (int i = 0; i < 2; i++)
		for (const char *c = record; *c; c++)
			__asm__ volatile("outb %0, %1" : : "a"(*c), "Nd"((unsigned short)0xe9));
	machine_power_off();
}
