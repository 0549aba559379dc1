/* SPDX-License-Identifier: MIT */
/*
 * sweep.c - runs a program again and again, each time with another allocation that fails.
 *
 *	sweep FIRST LAST STEP MORE PROGRAM ARG...
 *
 * In run K = FIRST, FIRST + STEP ... LAST the K-th allocation that the kernel makes for the program and
 * its children fails, and MORE after it; the sweep ends where there are fewer.  The kernel must be one in
 * which fail_nth leaves its writer alone (overlay/fail_others.c).
 *
 * The program may end as it likes.  Afterwards nothing of it may be alive or in use, and a child must
 * be able to do everyday things.  What is wrong is printed after the run's number.
 */
#define _GNU_SOURCE
#include "counts.h"

#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>

#define LIMIT	200000000 /* nanoseconds for one run: who waits for a child that could not be made is killed */
#define PAGE	4096
#define MORE_SHIFT 20 /* in what is written to fail_nth */

static int injector;
static sigset_t child_ends;

static void fresh_tmp(void)
{
	if (mount("none", "/tmp", "tmpfs", 0, "mode=1777"))
		fail("mount");
}

/* What the program mounted in there goes first. */
static bool tmp_is_gone(void)
{
	for (int tries = 0; tries < 20; tries++) {
		char *line, *last = NULL, *text = read_file("/proc/mounts");
		int ours = 0;

		for (line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
			char *at = strchr(line, ' ');

			if (at && !strncmp(at + 1, "/tmp", 4))
				ours++, last = at + 1;
		}
		if (!ours)
			return true;
		*strchrnul(last, ' ') = '\0';
		if (umount(last))
			return false;
	}
	return false;
}

/* What the program needs to begin is asked for until it is there: each failure has its turn here, too.
 * What the sweep is spared, the program is not. */
static void be_no_exception(void)
{
	int fd;

	while ((fd = open("/proc/self/oom_score_adj", O_WRONLY)) < 0 || write(fd, "0", 1) != 1)
		close(fd);
	close(fd);
}

static void program_start(char **arguments)
{
	int fd;

	be_no_exception();
	while ((fd = open("/dev/null", O_RDWR)) < 0)
		;
	setsid();
	sigprocmask(SIG_UNBLOCK, &child_ends, NULL);
	for (int i = 0; i < 4; i++)
		dup2(fd, i); /* the last is where a test reports */
	if (fd > 3)
		close(fd);
	if (chdir("/tmp"))
		_exit(127);
	execv(arguments[0], arguments);
	_exit(127);
}

/* Reaps until nobody is left or the time is over; false: somebody is. */
static bool all_ended(void)
{
	struct timespec most = { 0, LIMIT };

	for (;;) {
		pid_t ended = waitpid(-1, NULL, WNOHANG);

		if (ended < 0)
			return true;
		if (!ended && sigtimedwait(&child_ends, NULL, &most) < 0)
			return false;
	}
}

static void program_run(char **arguments)
{
	pid_t child = fork();

	if (!child)
		program_start(arguments);
	if (child < 0)
		fail("fork");
}

/* In a child: everyday things, each of which must work. */
static bool everyday(const char *self)
{
	int ends[2], fd = open("/tmp/everyday", O_CREAT | O_TRUNC | O_RDWR, 0600);
	char byte = 0, *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	pid_t child;
	int status;

	if (ftruncate(fd, PAGE) || page == MAP_FAILED || pipe(ends))
		return false;
	page[1] = 'y';
	if (pread(fd, &byte, 1, 1) != 1 || write(ends[1], &byte, 1) != 1 ||
	    read(ends[0], &byte, 1) != 1 || byte != 'y')
		return false;
	if (mkdir("/tmp/more", 0700) || rename("/tmp/everyday", "/tmp/more/it") ||
	    unlink("/tmp/more/it") || rmdir("/tmp/more"))
		return false;
	child = fork();
	if (!child)
		execl(self, self, "nothing", NULL), _exit(1);
	return waitpid(child, &status, 0) == child && status == 0;
}

static bool still_works(const char *self)
{
	pid_t child = fork();
	int status;

	if (!child)
		_exit(!everyday(self));
	return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

/* Whether any has failed: none is left to, or fewer than were asked for behind the first. */
static bool has_failed(unsigned long more)
{
	char text[16] = "";
	unsigned long left;

	if (pread(injector, text, sizeof(text) - 1, 0) <= 0)
		fail("fail_nth");
	left = strtoul(text, NULL, 10);
	return left == 0 || left >> MORE_SHIFT < more;
}

static void arm(unsigned long word)
{
	char text[16];
	int length = snprintf(text, sizeof(text), "%lu", word);

	if (pwrite(injector, text, length, 0) != length)
		fail("arming");
}

/* Whether the program made so many allocations. */
static bool run(unsigned long nth, unsigned long more, char **arguments, const char *self)
{
	static struct counts before, after;
	static bool counted;
	bool failed;

	fresh_tmp();
	if (nth)
		arm(nth | more << MORE_SHIFT);
	program_run(arguments);
	if (!all_ended() && (kill(-1, SIGKILL), !all_ended()))
		printf("%lu: is not killed\n", nth), exit(1);
	failed = has_failed(more);
	arm(0);
	if (!still_works(self))
		printf("%lu: does not work any more\n", nth);
	if (!tmp_is_gone())
		printf("%lu: /tmp is busy: %s\n", nth, strerror(errno)), exit(1);
	counts_take(counted && nth ? &after : &before);
	if (counted && nth && !counts_same(&before, &after)) {
		printf("%lu: left something behind\n", nth);
		before = after;
	}
	counted = true;
	return failed;
}

int main(int argc, char **argv)
{
	unsigned long first, last, step, more, nth;

	if (argc < 6)
		return 0;
	setvbuf(stdout, NULL, _IONBF, 0);
	first = nth = atoi(argv[1]), last = atoi(argv[2]), step = atoi(argv[3]), more = atoi(argv[4]);
	sigemptyset(&child_ends);
	sigaddset(&child_ends, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child_ends, NULL);
	prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	injector = open("/proc/sys/debug/fail_nth", O_RDWR | O_CLOEXEC);
	if (injector < 0)
		fail("fail_nth");
	write_file("/proc/self/oom_score_adj", "-1000");
	/* Programs that cannot have their directory in /tmp go on in the root, and leave files there. */
	if (mount(NULL, "/", NULL, MS_REMOUNT | MS_RDONLY, NULL))
		fail("remounting");
	run(0, 0, argv + 5, argv[0]); /* brings to life what stays */
	run(0, 0, argv + 5, argv[0]);
	while (nth <= last && run(nth, more, argv + 5, argv[0]))
		nth += step;
	printf("%lu runs\n", (nth - first) / step);
	return 0;
}
