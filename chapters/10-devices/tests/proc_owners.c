/* SPDX-License-Identifier: MIT */
/*
 * proc_owners.c - whom the files below /proc/PID belong to, and what another process of the same
 * user may learn by them and by get_robust_list(2), as the process changes its ids, forbids that
 * others look into it, allows it again, and ends.
 *
 * The child waits for its parent, who looks, before each step.
 */
#include "../../09-vfs/tests/scratch.h"

#include <sys/prctl.h>
#include <sys/wait.h>

static int go[2], done[2]; /* parent to child: the next step; child to parent: it is made */

static void step_made(void)
{
	char byte = '.';

	write(done[1], &byte, 1);
	read(go[0], &byte, 1);
}

static void child(void)
{
	step_made();
	setresgid(1001, 1001, 1001);
	step_made();
	setresuid(1000, 1000, 1000);
	step_made();
	prctl(PR_SET_DUMPABLE, 1);
	step_made();
	prctl(PR_SET_DUMPABLE, 0);
	step_made();
	prctl(PR_SET_DUMPABLE, 1);
	step_made();
	_exit(0);
}

static void look(const char *stage, int pid, int held)
{
	static const char *const names[] = { "", "/status", "/environ", "/fd", "/fd/1", "/task",
					     "/cwd", "/maps" };
	struct stat status;

	for (unsigned i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *key = text("%s_%s", stage, i ? names[i] + 1 : "itself");

		if (lstat(text("/proc/%d%s", pid, names[i]), &status) != 0)
			observe(key, -errno);
		else
			observe_text(key, text("%u:%u", status.st_uid, status.st_gid));
	}
	fstat(held, &status);
	observe_text(text("%s_held", stage), text("%u:%u", status.st_uid, status.st_gid));
}

static void look_as_user(const char *stage, int pid)
{
	void *list;
	size_t length;
	int looker = fork();

	if (looker == 0) {
		setresgid(1001, 1001, 1001);
		setresuid(1000, 1000, 1000);
		WORKS(text("%s_user_opens", stage), SYS_open, text("/proc/%d/environ", pid), O_RDONLY);
		observe(text("%s_user_lists", stage),
			sys(SYS_get_robust_list, pid, &list, &length));
		_exit(0);
	}
	waitpid(looker, NULL, 0);
}

TEST
{
	static const char *const stages[] = { "root", "group", "user", "allowed", "forbidden",
					      "again" };
	siginfo_t ended;
	char byte;
	int pid, held;

	pipe(go);
	pipe(done);
	pid = fork();
	if (pid == 0)
		child();
	held = open(text("/proc/%d", pid), O_RDONLY | O_DIRECTORY);
	for (unsigned i = 0; i < sizeof(stages) / sizeof(*stages); i++) {
		read(done[0], &byte, 1);
		look(stages[i], pid, held);
		look_as_user(stages[i], pid);
		write(go[1], &byte, 1);
	}
	waitid(P_PID, pid, &ended, WEXITED | WNOWAIT);
	look("zombie", pid, held);
	look_as_user("zombie", pid);
	waitpid(pid, NULL, 0);
	return 0;
}
