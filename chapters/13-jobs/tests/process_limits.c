/* SPDX-License-Identifier: MIT */
/* process_limits.c - threads-max, which binds root too; and who goes first when memory runs out. */
#define _GNU_SOURCE
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const char threads_max[] = "/proc/sys/kernel/threads-max";
static const char adjust[] = "/proc/self/oom_score_adj";

static long number_in(const char *path)
{
	char line[32] = "";
	int fd = open(path, O_RDONLY);
	long got = fd < 0 ? -1 : read(fd, line, sizeof(line) - 1);

	close(fd);
	return got > 0 ? atol(line) : -1;
}

static long say(const char *path, const char *line)
{
	int fd = open(path, O_WRONLY);
	long result = fd < 0 ? -errno : sys(SYS_write, fd, line, strlen(line));

	close(fd);
	return result > 0 ? 0 : result;
}

static long fork_once(void)
{
	int pid = fork(), error = errno;

	if (pid == 0)
		_exit(0);
	if (pid < 0)
		return -error;
	waitpid(pid, NULL, 0);
	return 0;
}

/* Where the first process started us, the machine is there for this test alone. */
static bool machine_is_ours(void)
{
	return getppid() == 1;
}

/* Who writes is asked at each write, whoever has opened the file. */
static void lent(const char *line)
{
	int fd = open(threads_max, O_RDWR);
	char byte;

	seteuid(65534);
	observe("lent_write", sys(SYS_write, fd, line, strlen(line)));
	observe("lent_read", sys(SYS_read, fd, &byte, 1));
	seteuid(0);
	close(fd);
}

static void threads(void)
{
	long before = number_in(threads_max);
	char line[32];
	struct rlimit limit;

	getrlimit(RLIMIT_NPROC, &limit);
	observe_number("half_a_user", limit.rlim_cur == (unsigned long)before / 2 &&
				      limit.rlim_max == limit.rlim_cur);
	getrlimit(RLIMIT_SIGPENDING, &limit);
	observe_number("half_signals", limit.rlim_cur == (unsigned long)before / 2);
	observe("none", say(threads_max, "0"));
	observe("negative", say(threads_max, "-1"));
	observe("words", say(threads_max, "many"));
	observe("too_many", say(threads_max, "1073741824"));
	observe_number("unchanged", number_in(threads_max) == before);
	observe("most", say(threads_max, "1073741823"));
	observe("fork_with_most", fork_once());
	observe("one", say(threads_max, "1\n"));
	observe_number("one_read", number_in(threads_max));
	observe("fork_above", fork_once());
	observe("vfork_above", sys(SYS_vfork) > 0 ? 0 : -errno);
	observe("clone_above", sys(SYS_clone, SIGCHLD, 0, 0, 0, 0));
	strcpy(line, text("%u", (unsigned)before));
	lent(line);
	observe("back", say(threads_max, line));
	observe("fork_after", fork_once());
}

static void write_adjust(int fd, const char *line)
{
	char now[16] = "";

	observe(text("adjust_%s", line), sys(SYS_pwrite64, fd, line, strlen(line), 0));
	pread(fd, now, sizeof(now) - 1, 0);
	now[strcspn(now, "\n")] = '\0';
	observe_text(text("adjusted_%s", line), now);
}

static void scores(int fd)
{
	long score;

	observe_number("score_of_init", number_in("/proc/1/oom_score"));
	write_adjust(fd, "0");
	score = number_in("/proc/self/oom_score");
	observe_number("score_of_nothing", score >= 666 && score < 690);
	write_adjust(fd, "1000");
	score = number_in("/proc/self/oom_score");
	observe_number("score_of_all", score >= 1300 && score < 1350);
	write_adjust(fd, "-1000");
	observe_number("score_of_exempt", number_in("/proc/self/oom_score"));
	write_adjust(fd, "-500");
	score = number_in("/proc/self/oom_score");
	observe_number("score_of_half", score >= 333 && score < 350);
}

static void in_child(void)
{
	observe_number("inherited", number_in(adjust));
	say(adjust, "7");
	observe_number("own", number_in(adjust));
	_exit(0);
}

/* Without CAP_SYS_RESOURCE: up, and down again as far as root went last. */
static void unprivileged(void)
{
	int fd = open(adjust, O_RDWR);

	say(adjust, "-5");
	setuid(65534);
	write_adjust(fd, "300");
	write_adjust(fd, "-4");
	write_adjust(fd, "-5 ");
	write_adjust(fd, "-6");
	observe("threads_max_of_user", say(threads_max, "100"));
	_exit(0);
}

/* A parent that may be nicer than its child: what counts is the limit of who gets the value. */
static void nice_values(void)
{
	struct rlimit none = { 0, 0 }, all = { 40, 40 };
	int ready[2], child;
	char byte;

	pipe(ready);
	setrlimit(RLIMIT_NICE, &all);
	setuid(65534);
	child = fork();
	if (child == 0) {
		setrlimit(RLIMIT_NICE, &none);
		write(ready[1], "x", 1);
		pause();
	}
	read(ready[0], &byte, 1);
	observe("nicer_child", sys(SYS_setpriority, PRIO_PROCESS, child, 5));
	observe("less_nice_child", sys(SYS_setpriority, PRIO_PROCESS, child, 0));
	observe("less_nice_self", sys(SYS_setpriority, PRIO_PROCESS, 0, -20));
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	observe("bounding_without_right", sys(SYS_prctl, PR_CAPBSET_DROP, 1000, 0, 0, 0));
	_exit(0);
}

TEST
{
	int fd = open(adjust, O_RDWR);

	if (test_argc > 1) {
		observe_number("kept_by_exec", number_in(adjust));
		return 0;
	}
	observe_number("default", number_in(adjust));
	if (machine_is_ours())
		threads();
	write_adjust(fd, "1001");
	write_adjust(fd, "-1001");
	write_adjust(fd, "words");
	write_adjust(fd, "12x");
	write_adjust(fd, " 13 ");
	write_adjust(fd, "+14");
	write_adjust(fd, "0x10");
	scores(fd);
	write_adjust(fd, "42");
	observe_child("in_child", in_child);
	observe_number("still", number_in(adjust));
	observe_child("unprivileged", unprivileged);
	observe_child("nice_values", nice_values);
	execl(self(), self(), "again", NULL);
	return 1;
}
