/* SPDX-License-Identifier: MIT */
/*
 * Runs the test twice, so that every record comes twice.
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
	for (int i = 0; i < 2; i++) {
		random_state = command_line_number("seed", 0);
		ktest_find(name)->run();
	}
	report_record("end", name, strlen(name));
	machine_power_off();
}
