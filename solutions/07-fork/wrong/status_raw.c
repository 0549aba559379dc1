/* SPDX-License-Identifier: MIT */
/*
 * The exit code is the status word.
 *
 * symptom: WIFEXITED() is false for every program that exits with a code
 * fails: fork_wait
 * see: Wait
 */
/* in task/exit.c */
long sys_exit(int status)
{
	task_exit(status);
}

long sys_exit_group(int status)
{
	process_exit(status);
}
