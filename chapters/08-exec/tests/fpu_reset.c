/* SPDX-License-Identifier: MIT */
/* fpu_reset.c - a program starts with the FPU that the ABI promises, whatever the old one left. */
#include "test.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void tell(const char *who)
{
	uint16_t control;
	uint32_t mxcsr;

	__asm__ volatile("fnstcw %0; stmxcsr %1" : "=m"(control), "=m"(mxcsr));
	observe_hex(text("%s_control", who), control);
	observe_hex(text("%s_mxcsr", who), mxcsr);
}

TEST
{
	uint16_t control = 0x077f; /* round to zero */
	uint32_t mxcsr = 0x7f80;
	char *argv[] = { "child", NULL };

	if (strcmp(test_argv[0], "child") == 0) {
		tell("new");
		return 0;
	}
	if (fork() == 0) {
		__asm__ volatile("fldcw %0; ldmxcsr %1" : : "m"(control), "m"(mxcsr));
		tell("old");
		execve(self(), argv, test_envp);
	}
	wait(NULL);
	return 0;
}
