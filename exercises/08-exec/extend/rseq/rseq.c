/* SPDX-License-Identifier: MIT */
/* rseq.c - rseq(2): an area is registered once, must be aligned, goes by its own signature only, and with exec. */
#include "test.h"

#include <sys/wait.h>
#include <unistd.h>

#define SIGNATURE 0x53053053

static struct area {
	uint32_t cpu_id_start, cpu_id;
	uint64_t critical;
	uint32_t flags, more[3];
} __attribute__((aligned(32))) area = { .cpu_id_start = 77, .cpu_id = 77 };

/* What the kernel keeps in it: the processor that the program is on, ~0 when nothing is registered. */
static void observe_area(const char *key)
{
	observe_text(key, text("%x %x", area.cpu_id_start, area.cpu_id));
}

static void executed(void)
{
	observe("after_exec", sys(SYS_rseq, &area, 32, 0, SIGNATURE));
}

TEST
{
	char *arguments[] = { "rseq", "again", NULL };
	int status;

	if (test_argc > 1) {
		executed();
		return 0;
	}
	observe("flags", sys(SYS_rseq, &area, 32, 2, SIGNATURE));
	observe("unregister_none", sys(SYS_rseq, &area, 32, 1, SIGNATURE));
	observe("odd", sys(SYS_rseq, (char *)&area + 4, 32, 0, SIGNATURE));
	observe("small", sys(SYS_rseq, &area, 24, 0, SIGNATURE));
	observe("kernel", sys(SYS_rseq, 0xffff800000000000, 32, 0, SIGNATURE));
	observe("register", sys(SYS_rseq, &area, 32, 0, SIGNATURE));
	observe_area("area");
	observe("again", sys(SYS_rseq, &area, 32, 0, SIGNATURE));
	observe("again_signature", sys(SYS_rseq, &area, 32, 0, 1));
	if (fork() == 0) {
		observe("child_has_it", sys(SYS_rseq, &area, 32, 0, SIGNATURE));
		_exit(0);
	}
	wait(&status);
	if (fork() == 0) {
		execv(self(), arguments);
		_exit(0);
	}
	wait(&status);
	observe("unregister_signature", sys(SYS_rseq, &area, 32, 1, 1));
	observe("unregister_other", sys(SYS_rseq, &area + 1, 32, 1, SIGNATURE));
	observe("unregister", sys(SYS_rseq, &area, 32, 1, SIGNATURE));
	observe_area("area_after");
	observe("unregister_twice", sys(SYS_rseq, &area, 32, 1, SIGNATURE));
	return 0;
}
