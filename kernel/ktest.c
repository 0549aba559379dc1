/* SPDX-License-Identifier: MIT */
/*
 * ktest.c - finds the test that the command line names, runs it, ends the machine.
 *
 * The records of a run are: one `begin` with the test's name, any number of `test`, one `end`; and
 * inside of these, where they are asked for, the counts of what is in use before the test and after
 * it.
 * A run without `begin` did not get through boot, one without `end` did not finish.
 */
#include "drivers/power.h"
#include "drivers/report.h"
#include "ktest.h"
#include "lib/command_line.h"
#include "lib/counts.h"
#include "lib/string.h"

static uint64_t random_state;

uint64_t ktest_random(void)
{
	uint64_t z = random_state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

uint64_t ktest_random_below(uint64_t below)
{
	return ktest_random() % below;
}

static struct ktest *ktest_find(const char *name)
{
	struct ktest **each;

	registry_for_each(ktest, each)
		if (!strcmp((*each)->name, name))
			return *each;
	return NULL;
}

void ktest_run_wanted(void)
{
	char name[64];
	struct ktest *test;

	if (!command_line_get("test", name, sizeof(name)))
		return;
	report_record("begin", name, strlen(name));
	random_state = command_line_number("seed", 0);
	test = ktest_find(name);
	counts_report();
	if (test)
		test->run();
	else
		observe("unknown %s", name);
	counts_report();
	report_record("end", name, strlen(name));
	machine_power_off();
}
