/* SPDX-License-Identifier: MIT */
/*
 * fpu_reset.c - a program starts with the FPU that the ABI promises, whatever the old one left: modes,
 * and no number of it or of another program.
 */
#include "vectors.h"

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

/* Of the registers that no C library uses before main(). */
static void numbers(void)
{
	struct vectors found;
	int low = 0, high = 0, stack = 0;

	vectors_store(&found, have_avx());
	for (int i = 0; i < 16; i++)
		high += have_avx() && (found.wide[i][2] || found.wide[i][3]);
	for (int i = 8; i < 16; i++)
		low += found.wide[i][0] || found.wide[i][1];
	for (int i = 0; i < 8; i++) /* an empty register is stored as the smallest number, or 0 */
		stack += found.stack[i] != INT64_MIN && found.stack[i];
	observe("others_low", low);
	observe("others_high", high);
	observe("others_stack", stack);
}

TEST
{
	uint16_t control = 0x077f; /* round to zero */
	uint32_t mxcsr = 0x7f80;
	struct vectors mine;
	char *argv[] = { "child", NULL };

	if (strcmp(test_argv[0], "child") == 0) {
		tell("new");
		numbers();
		return 0;
	}
	if (fork() == 0) {
		__asm__ volatile("fldcw %0; ldmxcsr %1" : : "m"(control), "m"(mxcsr));
		tell("old");
		vectors_make(&mine, 3);
		vectors_load(&mine, have_avx());
		execve(self(), argv, test_envp);
	}
	wait(NULL);
	return 0;
}
