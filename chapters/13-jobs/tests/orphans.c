/* SPDX-License-Identifier: MIT */
/* orphans.c - an orphaned group with a stopped member gets SIGHUP and SIGCONT; and stops no more. */
#include "test.h"

#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int *shared;

static void hangup(int signal)
{
	shared[0]++;
}

static void go_on(int signal)
{
	shared[1]++;
}

/* A shell that leaves a stopped job behind. */
static void leaving_shell(void)
{
	int job, status;

	setsid();
	job = fork();
	if (job == 0) {
		signal(SIGHUP, hangup);
		signal(SIGCONT, go_on);
		setpgid(0, 0);
		raise(SIGTSTP);
		usleep(20000);
		shared[2] = 1;
		raise(SIGTSTP); /* nobody could continue it: no effect */
		shared[3] = 1;
		raise(SIGTTIN);
		shared[4] = 1;
		_exit(9);
	}
	setpgid(job, job);
	waitpid(job, &status, WUNTRACED);
	shared[5] = status;
	_exit(0);
}

TEST
{
	int status, shell;

	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	shell = fork();
	if (shell == 0)
		leaving_shell();
	waitpid(shell, &status, 0);
	wait(&status); /* the job has become ours */
	observe_hex("job_stopped", (unsigned)shared[5]);
	observe("hangup", shared[0]);
	observe("continued", shared[1]);
	observe("ran_on", shared[2]);
	observe("tstp_without_effect", shared[3]);
	observe("ttin_without_effect", shared[4]);
	observe_hex("status", (unsigned)status);
	return 0;
}
