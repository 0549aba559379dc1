/* SPDX-License-Identifier: MIT */
/* fresh_memory.c - exec replaces memory: nothing of the old program is left, the new is as linked. */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define PLACE ((char *)0x200000000)

static char initialised[5000] = "as linked", zeros[300000];

static void tell(void)
{
	char sum = 0;

	observe("old_map", sys(SYS_write, REPORT, PLACE, 1));
	observe_text("data", initialised);
	for (size_t i = 0; i < sizeof(zeros); i++)
		sum |= zeros[i];
	for (size_t i = 10; i < sizeof(initialised); i++)
		sum |= initialised[i];
	observe("bss", sum);
	observe("break_is_behind", sys(SYS_brk, 0) > (long)(zeros + sizeof(zeros)));
	observe("same_pid", getpid() == atoi(test_argv[1]));
}

TEST
{
	char *argv[] = { "child", NULL, NULL };
	int status;

	if (strcmp(test_argv[0], "child") == 0) {
		tell();
		return 0;
	}
	if (fork() == 0) {
		strcpy(initialised, "changed");
		memset(zeros, 1, sizeof(zeros));
		mmap(PLACE, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
		*PLACE = '\n';
		argv[1] = (char *)text("%d", getpid());
		execve(self(), argv, test_envp);
	}
	wait(&status);
	observe("status", status);
	observe_text("parent", initialised);
	return 0;
}
