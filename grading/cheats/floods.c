/* SPDX-License-Identifier: MIT */
/*
 * Never stops reporting.
 *
 * verdict: FLOOD
 */
/* in ktest.c */
void ktest_run_wanted(void)
{
	for (;;)
		observe("again and again and again and again and again and again and again");
}
