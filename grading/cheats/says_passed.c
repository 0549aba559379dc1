/* SPDX-License-Identifier: MIT */
/*
 * Reports a verdict of its own.
 *
 * verdict: WRONG
 */
/* in ktest.c */
void ktest_run_wanted(void)
{
	char name[64];

	if (!command_line_get("test", name, sizeof(name)))
		return;
	report_record("begin", name, strlen(name));
	observe("PASS");
	report_record("end", name, strlen(name));
	machine_power_off();
}
