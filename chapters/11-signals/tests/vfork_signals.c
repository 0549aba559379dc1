/* SPDX-License-Identifier: MIT */
/* vfork_signals.c - signals while a parent waits for its vfork child, and what of it the child
 * cannot change. */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BORN, MAY_GO, PARENT_ON, CAUGHT, SEEN, CHILD, WORDS };

static volatile int *shared;

static void count(int signal)
{
	shared[CAUGHT]++;
}

static void await(int word)
{
	while (!shared[word])
		usleep(1000);
}

/* What every vfork child here does: lives until it may go. */
static inline void child_lives(void)
{
	shared[CHILD] = getpid();
	shared[BORN] = 1;
	await(MAY_GO);
}

/* A parent in a process of its own, whose vfork child is alive when this returns. */
static int parent_start(int handled_signal, void (*child)(void))
{
	int pid, status;

	for (int i = 0; i < WORDS; i++)
		shared[i] = 0;
	pid = fork();
	if (pid == 0) {
		if (handled_signal)
			signal(handled_signal, count);
		pid = vfork();
		if (pid == 0) {
			child();
			_exit(7);
		}
		shared[SEEN] = shared[CAUGHT];
		shared[PARENT_ON] = 1;
		waitpid(pid, &status, 0);
		_exit(WIFSIGNALED(status) ? 100 + WTERMSIG(status) : status >> 8);
	}
	await(BORN);
	return pid;
}

static void observe_end(const char *name, int pid)
{
	int status = -1;

	waitpid(pid, &status, 0);
	observe_hex(text("%s_end", name), (unsigned)status);
}

/* A signal that ends the parent does so at once; the child lives on in the memory. */
static void parent_killed(const char *name, int signal)
{
	int pid = parent_start(0, child_lives);

	kill(pid, signal);
	observe_end(name, pid);
	observe(text("%s_child_lives", name), kill(shared[CHILD], 0));
	shared[MAY_GO] = 1;
	observe_end(text("%s_child", name), shared[CHILD]);
	observe(text("%s_never_on", name), shared[PARENT_ON]);
}

/* One that asks for a core file waits until the child has gone. */
static void parent_dumps(void)
{
	int status = 0, pid = parent_start(0, child_lives);

	kill(pid, SIGQUIT);
	usleep(10000);
	observe("quit_waits", waitpid(pid, &status, WNOHANG));
	shared[MAY_GO] = 1;
	waitpid(pid, &status, 0);
	observe_number("quit_end", WIFSIGNALED(status) ? WTERMSIG(status) : -1);
	observe_number("quit_never_on", shared[PARENT_ON]);
	waitpid(shared[CHILD], NULL, 0); /* ours now */
}

/* Every other waits until the child has gone. */
static void parent_told(const char *name, int signal)
{
	int status, pid = parent_start(signal, child_lives);

	kill(pid, signal);
	usleep(10000);
	observe(text("%s_not_yet", name), shared[CAUGHT] + shared[PARENT_ON]);
	shared[MAY_GO] = 1;
	waitpid(pid, &status, 0);
	observe_hex(text("%s_end", name), (unsigned)status);
	observe(text("%s_caught", name), shared[CAUGHT]);
	observe(text("%s_before_it_went_on", name), shared[SEEN]);
}

static void parent_stopped(void)
{
	int status = -1, pid = parent_start(0, child_lives);

	kill(pid, SIGSTOP);
	usleep(10000);
	observe("stop_waits", waitpid(pid, &status, WUNTRACED | WNOHANG));
	shared[MAY_GO] = 1;
	observe("stop_comes", waitpid(pid, &status, WUNTRACED) == pid);
	observe_hex("stop_status", (unsigned)status);
	observe("stopped_before_it_went_on", shared[PARENT_ON]);
	kill(pid, SIGCONT);
	observe_end("continued", pid);
}

static void child_stops(void)
{
	shared[CHILD] = getpid();
	shared[BORN] = 1;
	kill(getpid(), SIGSTOP); /* raise() would mean the parent, whose memory this is */
}

static void child_stopped(void)
{
	int pid = parent_start(0, child_stops);

	usleep(10000);
	observe("child_stopped_parent_waits", shared[PARENT_ON]);
	kill(shared[CHILD], SIGCONT);
	observe_end("child_stopped", pid);
}

static void child_crashes(void)
{
	shared[BORN] = 1;
	__asm__ volatile("ud2");
}

static void child_is_killed(void)
{
	shared[BORN] = 1;
	kill(getpid(), SIGKILL);
}

/* Its SIGINT waits until the child executes another program. */
static void child_executes(void)
{
	shared[BORN] = 1;
	kill(getppid(), SIGINT);
	usleep(5000);
	shared[MAY_GO] = 1 + shared[CAUGHT];
	execl(self(), "child", NULL, NULL);
}

static void pending_until_exec(void)
{
	int pid = parent_start(SIGINT, child_executes);

	observe_end("executed", pid);
	observe("caught_before_exec", shared[MAY_GO] - 1);
	observe("caught_after_exec", shared[SEEN]);
}

/* Memory is common, all else is the child's own. */
static void untouched(void)
{
	static volatile int memory;
	struct sigaction action;
	int pid, status, fd = open("/dev/null", O_RDWR);
	sigset_t set;

	signal(SIGUSR1, count);
	pid = vfork();
	if (pid == 0) {
		sigfillset(&set);
		sigprocmask(SIG_BLOCK, &set, NULL);
		signal(SIGUSR1, SIG_IGN);
		signal(SIGUSR2, SIG_IGN);
		close(fd);
		fcntl(REPORT, F_SETFD, FD_CLOEXEC);
		chdir("/dev");
		umask(0123);
		setpgid(0, 0);
		memory = 5;
		_exit(0);
	}
	waitpid(pid, &status, 0);
	observe("memory_common", memory);
	sigaction(SIGUSR1, NULL, &action);
	observe("handler_stays", action.sa_handler == count);
	sigaction(SIGUSR2, NULL, &action);
	observe("default_stays", action.sa_handler == SIG_DFL);
	sigprocmask(SIG_BLOCK, NULL, &set);
	observe("mask_stays", sigismember(&set, SIGUSR1));
	observe("descriptor_stays", fcntl(fd, F_GETFD));
	observe("flag_stays", fcntl(REPORT, F_GETFD));
	observe("directory_stays", open("null", O_RDONLY) == -1 ? -errno : 0);
	observe("umask_of_child", umask(022) == 0123);
	observe("group_of_child", getpgrp() == pid);
}

TEST
{
	if (!strcmp(test_argv[0], "child"))
		return 3;
	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	parent_killed("killed", SIGKILL);
	parent_killed("terminated", SIGTERM);
	parent_dumps();
	parent_told("interrupted", SIGINT);
	parent_stopped();
	child_stopped();
	observe_end("child_crashed", parent_start(0, child_crashes));
	observe("went_on_after_crash", shared[PARENT_ON]);
	observe_end("child_killed", parent_start(0, child_is_killed));
	observe("went_on_after_kill", shared[PARENT_ON]);
	pending_until_exec();
	untouched();
	return 0;
}
