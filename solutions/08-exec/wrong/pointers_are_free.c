/* SPDX-License-Identifier: MIT */
/*
 * Only the strings count against the limit.
 *
 * symptom: a list of many short arguments fills the stack before main()
 * fails: too_much
 * see: Strings, and how many
 */
/* in loader/arguments.c */
static int limits_set(struct program *program)
{
	uint64_t total = min(task_limit(RLIMIT_STACK) / 4, TOTAL_MAX);

	total = max(total, TOTAL_MIN);
	program->floor = program->stack_top - total;
	return 0;
}
