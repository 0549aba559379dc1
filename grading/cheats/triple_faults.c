/* SPDX-License-Identifier: MIT */
/*
 * Loses its interrupt table.
 *
 * verdict: TRIPLE-FAULT
 */
/* in ktest.c */
void ktest_run_wanted(void)
{
	static const unsigned short none[5]; /* limit 0, base 0 */

	observe("half");
	__asm__ volatile("lidt %0; ud2" : : "m"(*none));
}
