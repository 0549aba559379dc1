/* SPDX-License-Identifier: MIT */
/*
 * Gives up.
 *
 * verdict: PANIC
 */
/* in ktest.c */
void ktest_run_wanted(void)
{
	panic("I do not like this test");
}
