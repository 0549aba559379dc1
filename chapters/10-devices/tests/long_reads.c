/* SPDX-License-Identifier: MIT */
/* long_reads.c - transfers of a gigabyte: a signal ends them, and others are not kept waiting. */
#include "test.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define PIECE (1UL << 20)
#define PIECES 1024

static struct iovec pieces[PIECES];
static volatile int alarms;

static void on_alarm(int signal)
{
	alarms++;
}

static void cut(const char *key, const char *device, long number)
{
	/* Again and again: the first may come before the transfer has begun. */
	struct itimerval soon = { { 0, 2000 }, { 0, 2000 } }, never = { 0 };
	int fd = open(device, O_RDWR);
	long moved;

	alarms = 0;
	setitimer(ITIMER_REAL, &soon, NULL);
	moved = sys(number, fd, pieces, PIECES);
	setitimer(ITIMER_REAL, &never, NULL);
	/* Not a byte of the gigabyte, or all of it. */
	observe_number(text("%s_cut", key), moved > 0 && moved < (long)(PIECE * PIECES));
	observe_number(text("%s_whole_pages", key), moved % PAGE == 0);
	observe_number(text("%s_alarms", key), alarms > 0);
	close(fd);
}

/* A parent that sleeps has its turn while its child reads, and can kill it. */
static void shared(const char *key, const char *device)
{
	int status, pid = fork();

	if (pid == 0) {
		int fd = open(device, O_RDONLY);

		while (readv(fd, pieces, PIECES) > 0)
			;
		_exit(1);
	}
	usleep(5000);
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	observe_number(text("%s_killed_by", key), WIFSIGNALED(status) ? WTERMSIG(status) : -1);
}

TEST
{
	char *buffer = map_pages(PIECE / PAGE, PROT_READ | PROT_WRITE);
	struct sigaction action = { .sa_handler = on_alarm };

	for (int i = 0; i < PIECES; i++)
		pieces[i] = (struct iovec){ buffer, PIECE };
	sigaction(SIGALRM, &action, NULL);
	cut("zero", "/dev/zero", SYS_readv);
	cut("urandom", "/dev/urandom", SYS_readv);
	cut("stirred", "/dev/urandom", SYS_writev);
	shared("zero", "/dev/zero");
	shared("urandom", "/dev/urandom");
	return 0;
}
