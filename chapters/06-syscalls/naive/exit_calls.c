/* SPDX-License-Identifier: MIT */
/*
 * exit_calls.c - the two ways for a program to end itself, while there is one program: chapter 7's
 * task/exit.c replaces it.
 */
#include "abi/syscalls.h"
#include "abi/wait.h"
#include "task/process.h"

long sys_exit(int status)
{
	task_exit(WAIT_EXITED(status));
}

long sys_exit_group(int status)
{
	process_exit(WAIT_EXITED(status));
}
