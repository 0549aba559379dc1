/* SPDX-License-Identifier: MIT */
/* in loader/arguments.c */
/*
 * limits_set - how far down the strings may go: program->floor; -E2BIG when nothing is left for them.
 *
 * execve(2), "Limits on size of arguments and environment": strings and the pointers to them together
 * have a quarter of the stack's limit (task_limit(RLIMIT_STACK)), at least TOTAL_MIN, at most
 * TOTAL_MAX.  The pointers are written last, below the strings; their part is taken off now: one for
 * each argument and each string of the environment, and at least one argument, since a program that
 * was given none gets an empty argv[0].  Strings start at program->stack_top and grow down.
 *
 * Hint 1: program->argc and envc are counted already, no string has been copied.
 * Hint 2: a limit of 4 KiB gives TOTAL_MIN all the same; RLIM_INFINITY gives TOTAL_MAX.
 * Hint 3: floor = stack_top - what is left for strings.  Take care that it cannot be negative.
 */
static int limits_set(struct program *program)
{
	exercise("limits_set");
}
