/* SPDX-License-Identifier: MIT */
/*
 * fail_nth.c - lets the n-th allocation of an operation fail, for each n, until it no longer matters
 * (/proc/sys/debug/fail_nth).
 *
 *	fail_nth NAME
 *
 * Each try is made by a child, so that what it built goes with it.  Prints how the tries ended, each
 * way once ("ok", an errno by number, "signal 9"), and what is in use afterwards that was not before.
 */
#define _GNU_SOURCE
#include "counts.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>

#define PAGE	  4096UL
#define FUTEX_WAKE 1
#define QUIET	  20  /* tries in a row that end well: no allocation is left to fail */
#define TRIES_MAX 400

static int injector;
static bool alone;
static char *area; /* 64 pages, touched */
static int ends[2];
static char bytes[40000];

static void arm(int n)
{
	char text[16];
	int length = snprintf(text, sizeof(text), "%d", n);

	if (write(injector, text, length) != length && n)
		_exit(97); /* disarming may itself be what fails */
}

/* After a fork that came to nothing the pages are the parent's alone again, as before: written without
 * a copy, so without memory.  The write that asks no more failures of the kernel takes some, and fails
 * if nothing before it did. */
static void pages_are_own(void)
{
	arm(1);
	for (int i = 0; i < 64; i++)
		area[i * PAGE] = 2;
	if (write(injector, "0", 1) != -1 || errno != ENOMEM)
		_exit(95);
	for (int i = 0; i < 64; i++)
		if (area[i * PAGE] != 2 || area[i * PAGE + 1] != 1)
			_exit(94);
}

static long try_fork(void)
{
	pid_t child = syscall(SYS_fork);
	int error = errno;

	if (!child)
		_exit(0);
	if (child > 0)
		return 0;
	pages_are_own();
	errno = error;
	return -1;
}

static long try_vfork(void)
{
	pid_t child = vfork();

	if (!child)
		_exit(0);
	return child < 0 ? -1 : 0;
}

static long try_exec(void)
{
	static char *const arguments[] = { "fail_nth", "nothing", NULL };

	return execv("/fail_nth", arguments);
}

static long try_open(void)
{
	return open("/fail_nth", O_RDONLY);
}

static long try_create(void)
{
	return open("/tmp/nth/new", O_CREAT | O_RDWR, 0600);
}

static long try_mkdir(void)
{
	return mkdir("/tmp/nth/directory", 0700);
}

static long try_symlink(void)
{
	return symlink("/a/target/that/is/long/enough", "/tmp/nth/symlink");
}

static long try_link(void)
{
	return link("/tmp/nth/old", "/tmp/nth/link");
}

static long try_rename(void)
{
	return rename("/tmp/nth/old", "/tmp/nth/renamed");
}

static long try_stat(void)
{
	struct stat stat;

	return lstat("/proc/self/fd/0", &stat);
}

static long try_list(void)
{
	static char names[4096];
	int fd = open("/proc/self/fd", O_RDONLY | O_DIRECTORY);

	return fd < 0 ? fd : syscall(SYS_getdents64, fd, names, sizeof(names));
}

static long try_maps(void)
{
	int fd = open("/proc/self/maps", O_RDONLY);

	return fd < 0 ? fd : read(fd, bytes, sizeof(bytes));
}

static long try_write(void)
{
	int fd = open("/tmp/nth/old", O_RDWR);
	ssize_t written = fd < 0 ? fd : write(fd, bytes, sizeof(bytes));

	return written >= 0 && written < (ssize_t)sizeof(bytes) ?
		       write(fd, bytes, sizeof(bytes) - written) : written;
}

static long try_pipe(void)
{
	int both[2];

	return pipe(both);
}

static long try_pipe_write(void)
{
	ssize_t written;

	if (pipe2(ends, O_NONBLOCK))
		return -1;
	written = write(ends[1], bytes, sizeof(bytes));

	return written >= 0 && written < (ssize_t)sizeof(bytes) ?
		       write(ends[1], bytes, sizeof(bytes) - written) : written;
}

static long try_pipe_size(void)
{
	return fcntl(ends[1], F_SETPIPE_SZ, 1 << 17) < 0 ? -1 : 0;
}

static long try_fifo(void)
{
	return mkfifo("/tmp/nth/new", 0600) ? -1 : open("/tmp/nth/new", O_RDWR);
}

static long try_flock(void)
{
	int fd = open("/tmp/nth/old", O_RDWR);

	return fd < 0 || flock(fd, LOCK_SH) || flock(fd, LOCK_EX) || flock(fd, LOCK_UN) ? -1 : 0;
}

static long try_record_lock(void)
{
	struct flock lock = { .l_type = F_WRLCK, .l_len = 10 };
	struct flock hole = { .l_type = F_UNLCK, .l_start = 3, .l_len = 3 };
	int fd = open("/tmp/nth/old", O_RDWR);

	return fd < 0 || fcntl(fd, F_SETLK, &lock) || fcntl(fd, F_SETLK, &hole) ? -1 : 0;
}

static long try_descriptors(void)
{
	return dup2(0, 300);
}

static long try_mmap(void)
{
	char *at = mmap(NULL, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return at == MAP_FAILED ? -1 : 0;
}

static long try_mmap_shared(void)
{
	char *at = mmap(NULL, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	return at == MAP_FAILED ? -1 : 0;
}

static long try_mmap_file(void)
{
	char *at = mmap(NULL, 8 * PAGE, PROT_READ, MAP_PRIVATE, injector + 1, 0);

	return at == MAP_FAILED ? -1 : 0;
}

static long try_munmap(void)
{
	return munmap(area + 8 * PAGE, PAGE);
}

static long try_mprotect(void)
{
	return mprotect(area + 8 * PAGE, PAGE, PROT_READ);
}

/* One that fails leaves no border in the map that it was to move a part of. */
static long try_mremap(void)
{
	char border[32];

	if (mremap(area + 8 * PAGE, PAGE, 80 * PAGE, MREMAP_MAYMOVE) != MAP_FAILED)
		return 0;
	snprintf(border, sizeof(border), "\n%lx-", (unsigned long)area + 8 * PAGE);
	if (strstr(read_file("/proc/self/maps"), border))
		_exit(93);
	errno = ENOMEM;
	return -1;
}

static long try_brk(void)
{
	long now = syscall(SYS_brk, 0);

	errno = ENOMEM; /* the raw call says the old end */
	return syscall(SYS_brk, now + 300 * PAGE) == now + 300 * (long)PAGE ? 0 : -1;
}

static long try_touch(void)
{
	char *at = mmap(NULL, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (at == MAP_FAILED)
		return -1;
	for (int i = 0; i < 8; i++)
		at[i * PAGE] = 1;
	return 0;
}

static long try_read_into(void)
{
	char *at = mmap(NULL, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int fd = open("/fail_nth", O_RDONLY);

	if (at == MAP_FAILED || fd < 0)
		return -1;
	return read(fd, at, 8 * PAGE);
}

/* The word's page is made to tell which word it is. */
static long try_futex_wake(void)
{
	uint32_t *word = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return word == MAP_FAILED ? -1 : syscall(SYS_futex, word, FUTEX_WAKE, 1);
}

static volatile sig_atomic_t caught;
static void catch(int signal)
{
	caught = signal;
}

static long try_signal(void)
{
	signal(SIGUSR1, catch);
	if (raise(SIGUSR1))
		return -1;
	if (caught != SIGUSR1)
		_exit(96); /* neither refused nor delivered */
	return 0;
}

static long try_sigqueue(void)
{
	signal(SIGRTMIN, SIG_IGN);
	signal(SIGRTMIN, catch);
	return sigqueue(getpid(), SIGRTMIN, (union sigval){ 0 });
}

static long try_mount(void)
{
	return mount("none", "/tmp/nth", "tmpfs", 0, NULL);
}

static long try_poll(void)
{
	struct pollfd both[2] = { { .fd = ends[0], .events = POLLIN },
				  { .fd = ends[1], .events = POLLIN } };

	return poll(both, 2, 1);
}

/* More files than the set has room for in itself. */
static long try_poll_many(void)
{
	struct pollfd many[40];

	for (int i = 0; i < 40; i++)
		many[i] = (struct pollfd){ .fd = ends[0], .events = POLLIN };
	return poll(many, 40, 1);
}

static long try_select_many(void)
{
	uint64_t wanted[40] = { 0 };
	struct timeval soon = { 0, 1000 };

	setrlimit(RLIMIT_NOFILE, &(struct rlimit){ 4096, 4096 });
	if (fcntl(ends[0], F_DUPFD, 2000) != 2000) /* grows the table */
		return -1;
	wanted[2000 / 64] = 1UL << 2000 % 64;
	return syscall(SYS_select, 40 * 64, wanted, wanted, NULL, &soon);
}

/* The frame goes to a stack that has no page yet. */
static long try_signal_stack(void)
{
	stack_t stack = { .ss_size = 16 * PAGE };

	stack.ss_sp = mmap(NULL, stack.ss_size, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (stack.ss_sp == MAP_FAILED || sigaltstack(&stack, NULL))
		return -1;
	sigaction(SIGUSR1, &(struct sigaction){ .sa_handler = catch, .sa_flags = SA_ONSTACK }, NULL);
	if (raise(SIGUSR1))
		return -1;
	if (caught != SIGUSR1)
		_exit(96);
	return 0;
}

static long try_chdir(void)
{
	return chdir("/tmp/nth") || syscall(SYS_getcwd, bytes, sizeof(bytes)) < 0 ? -1 : 0;
}

#define ALONE "read_alone" /* without another who could be killed for it */
#define OPERATION(name) { #name, try_##name }
static const struct {
	const char *name;
	long (*run)(void);
} operations[] = {
	OPERATION(fork), OPERATION(vfork), OPERATION(exec), OPERATION(open), OPERATION(create),
	OPERATION(mkdir), OPERATION(symlink), OPERATION(link), OPERATION(rename), OPERATION(stat),
	OPERATION(list), OPERATION(maps), OPERATION(write), OPERATION(pipe), OPERATION(pipe_write),
	OPERATION(descriptors), OPERATION(mmap), OPERATION(mmap_shared), OPERATION(mmap_file),
	OPERATION(munmap), OPERATION(mprotect), OPERATION(mremap), OPERATION(brk),
	OPERATION(touch), OPERATION(read_into), OPERATION(signal), OPERATION(sigqueue),
	OPERATION(mount), OPERATION(poll), OPERATION(chdir), OPERATION(pipe_size),
	OPERATION(fifo), OPERATION(poll_many), OPERATION(select_many), OPERATION(signal_stack),
	OPERATION(futex_wake), OPERATION(flock), OPERATION(record_lock), { ALONE, try_read_into },
};

/* In the child: everything that it writes to is its own before the allocations are counted. */
static void try_once(long (*run)(void), int n)
{
	volatile char stack[3 * PAGE];
	long result;

	for (size_t i = 0; i < sizeof(stack); i += PAGE)
		stack[i] = 1;
	memset(bytes, 1, sizeof(bytes));
	memset(area, 1, 64 * PAGE);
	caught = 0, errno = 0;
	arm(n);
	result = run();
	n = errno;
	arm(0);
	_exit(result < 0 ? n : 0);
}

/* Large and of no use: the first to be killed for lack of memory. */
static pid_t ballast(void)
{
	pid_t child = fork();
	char *at;

	if (child)
		return child;
	at = mmap(NULL, 128 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	for (int i = 0; i < 128; i++)
		at[i * PAGE] = 1;
	pause();
	_exit(0);
}

static int tried(long (*run)(void), int n)
{
	pid_t first = alone ? 0 : ballast(), child;
	int status, ignored;

	pause_for(1);
	child = fork();
	if (!child)
		try_once(run, n);
	waitpid(child, &status, 0);
	if (first) {
		kill(first, SIGKILL);
		waitpid(first, &ignored, 0);
	}
	umount("/tmp/nth");
	unlink("/tmp/nth/new"), rmdir("/tmp/nth/directory"), unlink("/tmp/nth/symlink");
	unlink("/tmp/nth/link"), rename("/tmp/nth/renamed", "/tmp/nth/old");
	truncate("/tmp/nth/old", 0);
	while (read(ends[0], bytes, sizeof(bytes)) > 0)
		;
	return status;
}

/* Each ending once, in the order of their first. */
static void series(long (*run)(void), bool aloud)
{
	static bool seen[1 << 16];

	for (size_t i = 0; i < sizeof(seen); i += PAGE)
		seen[i] = false; /* its pages exist before anything is counted */
	for (int n = 1, quiet = 0; quiet < QUIET && n < TRIES_MAX; n++) {
		int status = tried(run, n);

		quiet = status ? 0 : quiet + 1;
		if (!aloud || seen[status])
			continue;
		seen[status] = true;
		if (WIFSIGNALED(status))
			printf("signal %d\n", WTERMSIG(status));
		else
			printf("%s\n", status ? strerror(WEXITSTATUS(status)) : "ok");
	}
}

int main(int argc, char **argv)
{
	static struct counts before, after;
	size_t i = 0;

	if (argc < 2 || !strcmp(argv[1], "nothing"))
		return 0;
	while (i < sizeof(operations) / sizeof(*operations) && strcmp(operations[i].name, argv[1]))
		i++;
	if (i == sizeof(operations) / sizeof(*operations))
		return 98;
	alone = !strcmp(argv[1], ALONE);
	setvbuf(stdout, NULL, _IONBF, 0);
	injector = open("/proc/sys/debug/fail_nth", O_WRONLY);
	if (injector < 0 || open("/fail_nth", O_RDONLY) != injector + 1)
		fail("fail_nth");
	area = mmap(NULL, 64 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (area == MAP_FAILED || pipe2(ends, O_NONBLOCK) || mkdir("/tmp/nth", 0700))
		fail("preparing");
	close(open("/tmp/nth/old", O_CREAT | O_RDWR, 0600));
	counts_take(&before);
	series(operations[i].run, false); /* warms up */
	counts_take(&before);
	series(operations[i].run, true);
	counts_take(&after);
	return !counts_same(&before, &after);
}
