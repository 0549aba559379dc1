/* SPDX-License-Identifier: MIT */
/*
 * victims.c - memory runs out again and again: who is killed, in which order.
 *
 * The parent, which may not be chosen, eats page by page.  The children differ in their pages and
 * their oom_score_adj; when the last who may be chosen is gone, the parent stops eating.
 */
#define _GNU_SOURCE
#include "counts.h"

#include <signal.h>
#include <sys/mman.h>

#define PAGE 4096UL

static const struct {
	const char *name;
	int pages;
	const char *adjust;
} children[] = {
	{ "exempt", 3000, "-1000" }, { "oldest of equals", 1500, "0" },
	{ "youngest of equals", 1500, "0" }, { "largest", 2500, "0" },
	{ "small but adjusted up", 100, "900" }, { "large but adjusted down", 2800, "-900" },
};
#define CHILDREN (int)(sizeof(children) / sizeof(*children))

static pid_t pids[CHILDREN];

static void eat(int pages)
{
	char *at = mmap(NULL, pages * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	for (int i = 0; i < pages; i++)
		at[i * PAGE] = 1;
}

static void child_start(int i)
{
	int ready[2];
	char byte;

	if (pipe(ready) || (pids[i] = fork()) < 0)
		fail("child");
	if (pids[i] == 0) {
		write_file("/proc/self/oom_score_adj", children[i].adjust);
		eat(children[i].pages);
		close(ready[1]);
		for (;;)
			pause();
	}
	close(ready[1]);
	if (read(ready[0], &byte, 1)) /* its end closes */
		fail("ready");
	close(ready[0]);
}

/* Who has been killed since the last look, or NULL. */
static const char *victim(void)
{
	pid_t pid = waitpid(-1, NULL, WNOHANG);

	for (int i = 0; pid > 0 && i < CHILDREN; i++)
		if (pids[i] == pid)
			return children[i].name;
	return NULL;
}

int main(void)
{
	int left = CHILDREN - 1; /* all but the exempt one */

	write_file("/proc/self/oom_score_adj", "-1000");
	for (int i = 0; i < CHILDREN; i++)
		child_start(i);
	while (left > 0) {
		const char *name = victim();

		if (name)
			printf("%s\n", name), left--;
		else
			eat(1);
	}
	kill(pids[0], SIGKILL);
	return 0;
}
