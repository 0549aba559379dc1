/* SPDX-License-Identifier: MIT */
/*
 * Ends in the middle of a record.
 *
 * verdict: PROTOCOL
 */
/* in ktest.c */
void ktest_run_wanted(void)
{
	static const char half[] = "STRX 5eee 0 begin 100 fra";

	for (const char *c = half; *c; c++)
		__asm__ volatile("outb %0, %1" : : "a"(*c), "Nd"((unsigned short)0xe9));
	machine_power_off();
}
