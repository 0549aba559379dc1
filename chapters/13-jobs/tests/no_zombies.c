/* SPDX-License-Identifier: MIT */
/* no_zombies.c - SIGCHLD ignored, SA_NOCLDWAIT, subreapers (who may ignore it as well), signals of
 * parents' deaths. */
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

static volatile int *shared;

static int child(int code)
{
	int pid = fork();

	if (pid == 0) {
		usleep(20000);
		shared[10]++;
		_exit(code);
	}
	return pid;
}

static void ignoring(void)
{
	struct sigaction a = { .sa_handler = SIG_IGN };
	int status = 77, pid;
	siginfo_t info;

	sigaction(SIGCHLD, &a, NULL);
	child(1);
	child(2);
	observe("ignored_wait", wait(&status) == -1 ? -errno : 0);
	observe("ignored_status", status);
	observe("ignored_waited_for_all", shared[10]);
	pid = child(3);
	observe("ignored_wait_pid", waitpid(pid, &status, 0) == -1 ? -errno : 0);
	observe("ignored_waited", shared[10]);
	observe("ignored_gone", kill(pid, 0) == -1 ? -errno : 0);
	child(3);
	observe("ignored_waitid", waitid(P_ALL, 0, &info, WEXITED | WNOWAIT) == -1 ? -errno : 0);
	observe("ignored_waitid_waited", shared[10]);
	a.sa_handler = count;
	a.sa_flags = SA_NOCLDWAIT | SA_RESTART;
	sigaction(SIGCHLD, &a, NULL);
	child(4);
	observe("nocldwait", wait(&status) == -1 ? -errno : 0);
	observe("nocldwait_signal", caught);
	observe("nocldwait_waited", shared[10]);
	/* who is dead already when that is said stays */
	signal(SIGCHLD, SIG_DFL);
	pid = child(5);
	waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT);
	signal(SIGCHLD, SIG_IGN);
	observe("dead_before", waitpid(pid, &status, 0) == pid);
	observe_hex("dead_before_status", (unsigned)status);
	signal(SIGCHLD, SIG_DFL);
}

/* As process 1 may: a reaper who ignores SIGCHLD inherits no zombies, and leaves none. */
static void ignoring_reaper(void)
{
	int pid, status = 0;

	prctl(PR_SET_CHILD_SUBREAPER, 1);
	signal(SIGCHLD, SIG_IGN);
	pid = fork();
	if (pid == 0) {
		siginfo_t info;

		signal(SIGCHLD, SIG_DFL);
		shared[20] = child(1);
		waitid(P_PID, (id_t)shared[20], &info, WEXITED | WNOWAIT);
		shared[21] = child(2); /* alive when its parent ends */
		_exit(0);
	}
	observe("reaper_wait", wait(&status) == -1 ? -errno : 0);
	observe("reaper_waited", shared[10]);
	observe("inherited_zombie", kill(shared[20], 0) == -1 ? -errno : 0);
	observe("inherited_child", kill(shared[21], 0) == -1 ? -errno : 0);
	signal(SIGCHLD, SIG_DFL);
}

static void reaping(void)
{
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
	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ignoring();
	reaping();
	ignoring_reaper();
	return 0;
}
