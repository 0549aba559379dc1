/* SPDX-License-Identifier: MIT */
/* no_zombies.c - SIGCHLD ignored, SA_NOCLDWAIT, subreapers, signals of parents' deaths. */
#include "test.h"

#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int caught;

static void count(int signal)
{
	caught++;
}

static int child(int code)
{
	int pid = fork();

	if (pid == 0) {
		usleep(20000);
		_exit(code);
	}
	return pid;
}

static void ignoring(void)
{
	struct sigaction a = { .sa_handler = SIG_IGN };
	int status = 77, pid;

	sigaction(SIGCHLD, &a, NULL);
	child(1);
	child(2);
	observe("ignored_wait", wait(&status) == -1 ? -errno : 0);
	observe("ignored_status", status);
	pid = child(3);
	observe("ignored_wait_pid", waitpid(pid, &status, 0) == -1 ? -errno : 0);
	a.sa_handler = count;
	a.sa_flags = SA_NOCLDWAIT | SA_RESTART;
	sigaction(SIGCHLD, &a, NULL);
	child(4);
	observe("nocldwait", wait(&status) == -1 ? -errno : 0);
	observe("nocldwait_signal", caught);
	signal(SIGCHLD, SIG_DFL);
}

static void reaping(void)
{
	volatile int *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
				    -1, 0);
	int status, pid;

	prctl(PR_SET_CHILD_SUBREAPER, 1);
	pid = fork();
	if (pid == 0) {
		if (fork() == 0) {
			prctl(PR_SET_PDEATHSIG, SIGUSR1);
			signal(SIGUSR1, count);
			shared[0] = 1;
			while (!caught)
				pause();
			shared[1] = getppid();
			_exit(6);
		}
		while (!shared[0])
			usleep(1000);
		usleep(5000);
		_exit(5);
	}
	observe("child", waitpid(pid, &status, 0) == pid);
	observe_hex("child_status", (unsigned)status);
	observe("grandchild", wait(&status) > 0);
	observe_hex("grandchild_status", (unsigned)status);
	observe("grandchild_parent", shared[1] == getpid());
	observe("none", wait(&status) == -1 ? -errno : 0);
}

TEST
{
	ignoring();
	reaping();
	return 0;
}
