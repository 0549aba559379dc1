/* SPDX-License-Identifier: MIT */
/*
 * killed.c - SIGKILL ends a task in whatever it waits for, within one tick of the guest's clock.
 *
 *	killed WAIT
 *
 * A child with every signal blocked goes into the wait; when /proc says that it sleeps (S, D, or T
 * for stopped), it is killed, and the time until it can be waited for is measured.  Prints one word
 * on how that ended.  Afterwards, frames and objects in use are as before, unless KILLED_ALONE is
 * set (on a Linux without these counts).
 */
#define _GNU_SOURCE
#include "counts.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#define TICK 10000000L /* nanoseconds */
#define LOOKS 200      /* milliseconds until it must be asleep */
#define LOCKED	 "/tmp/killed.lock"
#define FIFO "/tmp/killed.fifo"

static int ends[2], locked;
static int *word; /* shared */
static char bytes[70000];
static struct timespec hour = { 3600, 0 };

static void fill(void)
{
	fcntl(ends[1], F_SETFL, O_NONBLOCK);
	while (write(ends[1], bytes, sizeof(bytes)) > 0)
		;
	fcntl(ends[1], F_SETFL, 0);
}

static void in_pipe_read(void)
{
	read(ends[0], bytes, 1);
}

static void in_pipe_write(void)
{
	fill();
	write(ends[1], bytes, 1);
}

static void in_pipe_write_midway(void) /* part of it has been written */
{
	write(ends[1], bytes, sizeof(bytes));
}

static void in_sendfile(void)
{
	int file = open("/proc/self/exe", O_RDONLY);

	fill();
	sendfile(ends[1], file, NULL, 100000);
}

static void in_wait4(void)
{
	if (!fork())
		pause();
	waitpid(-1, NULL, 0);
}

static void in_waitid(void)
{
	if (!fork())
		pause();
	waitid(P_ALL, 0, NULL, WEXITED | WNOWAIT);
}

static void in_nanosleep(void)
{
	nanosleep(&hour, NULL);
}

static void in_clock_nanosleep(void)
{
	struct timespec far = { 1 << 30, 0 };

	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &far, NULL);
}

static void in_poll(void)
{
	poll(&(struct pollfd){ .fd = ends[0], .events = POLLIN }, 1, -1);
}

static void in_ppoll(void)
{
	sigset_t none;

	sigemptyset(&none);
	ppoll(NULL, 0, &hour, &none);
}

static void in_select(void)
{
	fd_set set;

	FD_ZERO(&set);
	FD_SET(ends[0], &set);
	select(ends[0] + 1, &set, NULL, NULL, NULL);
}

static void in_sigsuspend(void)
{
	sigset_t all;

	sigfillset(&all);
	sigsuspend(&all);
}

static void in_pause(void)
{
	pause();
}

static void in_sigtimedwait(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigtimedwait(&set, NULL, &hour);
}

static void in_fifo_open_read(void)
{
	open(FIFO, O_RDONLY);
}

static void in_fifo_open_write(void)
{
	open(FIFO, O_WRONLY);
}

static void in_flock(void)
{
	flock(open(LOCKED, O_RDWR), LOCK_EX);
}

static void in_record_lock(void)
{
	struct flock lock = { .l_type = F_WRLCK };

	fcntl(open(LOCKED, O_RDWR), F_SETLKW, &lock);
}

static void in_vfork(void)
{
	if (!vfork())
		pause();
}

static void in_futex(void)
{
	syscall(SYS_futex, word, 0 /* FUTEX_WAIT */, 0, NULL);
}

static void in_stop(void)
{
	raise(SIGSTOP);
}

static void in_stop_while_waiting(void)
{
	if (!fork()) {
		pause_for(5);
		kill(getppid(), SIGSTOP);
		_exit(0);
	}
	read(ends[0], bytes, 1);
}

static void in_terminal_read(void)
{
	int terminal = open("/dev/console", O_RDWR | O_NOCTTY);

	if (terminal < 0 || !isatty(terminal))
		_exit(9);
	read(terminal, bytes, 1);
}

#define WAIT(name) { #name, in_##name }
static const struct wait {
	const char *name;
	void (*go)(void);
} waits[] = {
	WAIT(pipe_read), WAIT(pipe_write), WAIT(pipe_write_midway), WAIT(sendfile), WAIT(wait4),
	WAIT(waitid), WAIT(nanosleep), WAIT(clock_nanosleep), WAIT(poll), WAIT(ppoll),
	WAIT(select), WAIT(sigsuspend), WAIT(pause), WAIT(sigtimedwait), WAIT(fifo_open_read),
	WAIT(fifo_open_write), WAIT(flock), WAIT(record_lock), WAIT(vfork), WAIT(futex),
	WAIT(stop), WAIT(stop_while_waiting), WAIT(terminal_read),
};

static char state_of(pid_t pid)
{
	char path[40], *end;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	end = strrchr(read_file(path), ')');
	return end ? end[2] : '?';
}

/* Twice in a row, so that it is not only on its way there. */
static bool is_asleep(pid_t child, const char *wanted)
{
	for (int looks = 0, asleep = 0; looks < LOOKS; looks++) {
		asleep = strchr(wanted, state_of(child)) ? asleep + 1 : 0;
		if (asleep == 2)
			return true;
		pause_for(1);
	}
	return false;
}

static long long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static pid_t start(const struct wait *wait)
{
	pid_t child = fork();
	sigset_t all;

	if (child < 0)
		fail("fork");
	if (child)
		return child;
	setpgid(0, 0);
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	wait->go();
	_exit(8);
}

static const char *killed(const struct wait *wait)
{
	pid_t child = start(wait);
	bool asleep = is_asleep(child, strstr(wait->name, "stop") ? "T" : "SD");
	long long before = now();
	int status = 0;

	kill(child, SIGKILL);
	while (waitpid(child, &status, WNOHANG) == 0 && now() - before < 100 * TICK)
		sched_yield();
	before = now() - before;
	kill(-child, SIGKILL); /* what it left behind */
	kill(-child, SIGCONT);
	if (!asleep)
		return "did not wait";
	if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL)
		return status ? ending(status) : "lives on";
	return before <= TICK ? "at once" : "late";
}

static void prepare(void)
{
	struct flock lock = { .l_type = F_WRLCK };

	unlink(FIFO);
	locked = open(LOCKED, O_RDWR | O_CREAT, 0600);
	word = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (locked < 0 || word == MAP_FAILED || mkfifo(FIFO, 0600) || flock(locked, LOCK_EX) ||
	    fcntl(locked, F_SETLK, &lock))
		fail("preparing");
	*word = 0;
}

static const char *once(const struct wait *wait)
{
	const char *how;

	if (pipe(ends))
		fail("pipe");
	how = killed(wait);
	close(ends[0]), close(ends[1]);
	return how;
}

int main(int argc, char **argv)
{
	static struct counts before, after;
	bool counted = !getenv("KILLED_ALONE");
	const char *how;
	size_t i = 0;

	while (argc > 1 && i < sizeof(waits) / sizeof(*waits) && strcmp(waits[i].name, argv[1]))
		i++;
	if (argc < 2 || i == sizeof(waits) / sizeof(*waits))
		return 98;
	setvbuf(stdout, NULL, _IONBF, 0);
	prepare();
	if (!counted) {
		puts(once(&waits[i]));
		return 0;
	}
	counts_take(&after); /* warms up */
	once(&waits[i]);
	counts_take(&before);
	how = once(&waits[i]);
	counts_take(&after);
	puts(how);
	return !counts_same(&before, &after);
}
