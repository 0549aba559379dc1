/* SPDX-License-Identifier: MIT */
/*
 * Prints records on the console instead of the report channel.
 *
 * verdict: NO-RESULT
 */
/* in ktest.c */
/* helpers */
extern void kprintf(int level, const char *format, ...);
/* end of helpers */
void ktest_run_wanted(void)
{
	kprintf(0, "STRX 5eee 0 begin 10 frames_all\nSTRX 5eee 1 end 10 frames_all\n");
	machine_power_off();
}
