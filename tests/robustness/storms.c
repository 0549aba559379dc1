/* SPDX-License-Identifier: MIT */
/*
 * storms.c - does one thing very often; afterwards frames and objects in use are as before.
 *
 *	storms NAME [TIMES]
 *
 * The first round is small and not counted: it brings to life what stays (a cache, a directory's
 * name).  Prints what differs; exits 0 when nothing does.
 */
#define _GNU_SOURCE
#include "counts.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>

#define WARM_UP 10
#define PAGE	4096UL
#define NOBODY	65534

static void check(bool good, const char *what)
{
	if (good)
		return;
	fail(what);
}

static pid_t forked(void)
{
	pid_t child = fork();

	check(child >= 0, "fork");
	return child;
}

static int ended(pid_t child)
{
	int status;

	check(waitpid(child, &status, 0) == child, "waitpid");
	return status;
}

static void storm_forks(int times)
{
	while (times--) {
		pid_t child = forked();

		if (!child)
			_exit(times & 0x7f);
		check(ended(child) == (times & 0x7f) << 8, "status");
	}
}

/* Children that outlive their parent: the first process reaps them. */
static void storm_orphans(int times)
{
	while (times--) {
		pid_t child = forked();

		if (!child) {
			fork();
			fork();
			_exit(0);
		}
		ended(child);
	}
}

static void storm_ignored_children(int times)
{
	signal(SIGCHLD, SIG_IGN);
	while (times--)
		if (!forked())
			_exit(0);
	check(wait(NULL) == -1 && errno == ECHILD, "wait");
	signal(SIGCHLD, SIG_DFL);
}

static void storm_vforks(int times)
{
	static char *const arguments[] = { "storms", "nothing", NULL };

	while (times--) {
		pid_t child = vfork();

		if (!child) {
			if (times & 1)
				execv("/proc/self/exe", arguments);
			_exit(0);
		}
		check(ended(child) == 0, "vfork");
	}
}

static void storm_execs(int times)
{
	static char *const arguments[] = { "storms", "nothing", NULL };

	while (times--) {
		pid_t child = forked();

		if (!child) {
			execv("/proc/self/exe", arguments);
			_exit(1);
		}
		check(ended(child) == 0, "exec");
	}
}

static void make_file(const char *path, mode_t mode, const void *bytes, size_t length)
{
	int fd = open(path, O_CREAT | O_TRUNC | O_WRONLY, mode);

	check(fd >= 0 && write(fd, bytes, length) == (ssize_t)length, path);
	fchmod(fd, mode);
	close(fd);
}

static void storm_failed_execs(int times)
{
	static char *const arguments[] = { "x", NULL };
	static char elf[64] = "\177ELF\2\1\1";
	static char huge[200000];
	static char *const too_long[] = { "x", huge, NULL };
	char *const *volatile wild = (char *const *)8;

	make_file("/tmp/noexec", 0644, "x", 1);
	make_file("/tmp/empty", 0755, "", 0);
	make_file("/tmp/short", 0755, elf, 20);
	make_file("/tmp/header", 0755, elf, 64);
	make_file("/tmp/script", 0755, "#!/nowhere\n", 11);
	make_file("/tmp/loop", 0755, "#!/tmp/loop\n", 12);
	memset(huge, 'x', sizeof(huge) - 1);
	while (times--) {
		check(execv("/tmp/nowhere", arguments) && errno == ENOENT, "ENOENT");
		check(execv("/tmp/noexec", arguments) && errno == EACCES, "EACCES");
		check(execv("/tmp", arguments) && errno == EACCES, "directory");
		check(execv("/tmp/empty", arguments) && errno == ENOEXEC, "empty");
		check(execv("/tmp/short", arguments) && errno == ENOEXEC, "short");
		check(execv("/tmp/header", arguments) && errno == ENOEXEC, "header");
		check(execv("/tmp/script", arguments) && errno == ENOENT, "script");
		check(execv("/tmp/loop", arguments) && errno == ELOOP, "loop");
		check(execv("/proc/self/exe", too_long) && errno == E2BIG, "E2BIG");
		check(execv("/proc/self/exe", wild) && errno == EFAULT, "EFAULT");
	}
	unlink("/tmp/noexec"), unlink("/tmp/empty"), unlink("/tmp/short"), unlink("/tmp/header");
	unlink("/tmp/script"), unlink("/tmp/loop");
}

/* The user's limit of processes: what fork had made by then goes again. */
static void storm_failed_forks(int times)
{
	struct rlimit limit = { 1, 1 };
	pid_t child = forked();

	if (!child) {
		setrlimit(RLIMIT_NPROC, &limit);
		check(setresuid(NOBODY, NOBODY, NOBODY) == 0, "setresuid");
		while (times--)
			check(fork() == -1 && errno == EAGAIN, "EAGAIN");
		_exit(0);
	}
	check(ended(child) == 0, "child");
}

static void storm_pipes(int times)
{
	static char bytes[70000];
	int ends[2], more[2];

	while (times--) {
		check(pipe2(ends, O_NONBLOCK) == 0 && pipe(more) == 0, "pipe");
		check(write(ends[1], bytes, sizeof(bytes)) == 65536, "fill");
		check(write(ends[1], bytes, 1) == -1 && errno == EAGAIN, "full");
		check(read(ends[0], bytes, 5000) == 5000, "read");
		check(write(more[1], bytes, 1) == 1, "write");
		check(dup2(more[0], ends[0]) == ends[0], "dup2"); /* with bytes in it */
		close(ends[0]), close(ends[1]), close(more[0]), close(more[1]);
	}
}

/* The pipe's capacity, FIFOs, a reader that is killed while it waits. */
static void storm_waiting_readers(int times)
{
	int ends[2];
	char byte;

	while (times--) {
		pid_t child;

		check(pipe(ends) == 0 && mkfifo("/tmp/fifo", 0600) == 0, "pipe");
		child = forked();
		if (!child) {
			if (times % 3 == 0)
				open("/tmp/fifo", O_RDONLY);
			if (times % 3 == 1)
				poll(&(struct pollfd){ .fd = ends[0], .events = POLLIN }, 1, -1);
			_exit(read(ends[0], &byte, 1));
		}
		pause_for(1);
		kill(child, SIGKILL);
		check(ended(child) == SIGKILL, "killed");
		close(ends[0]), close(ends[1]), unlink("/tmp/fifo");
	}
}

static void storm_maps(int times)
{
	while (times--) {
		size_t pages = 1 + times * 7 % 600;
		char *at = mmap(NULL, pages * PAGE, PROT_READ | PROT_WRITE,
				MAP_ANONYMOUS | (times & 1 ? MAP_PRIVATE : MAP_SHARED), -1, 0);

		check(at != MAP_FAILED, "mmap");
		for (size_t i = 0; i < pages; i += 1 + times % 5)
			at[i * PAGE] = 1;
		if (pages > 8) { /* split it, take a piece out, change rights, move */
			check(mprotect(at + PAGE, 2 * PAGE, PROT_READ) == 0, "mprotect");
			check(munmap(at + 4 * PAGE, PAGE) == 0, "munmap");
			check(mremap(at + 5 * PAGE, PAGE, 9 * PAGE, MREMAP_MAYMOVE) != MAP_FAILED,
			      "mremap");
		}
		if (times % 16 == 0) { /* the moved ones go with their process */
			pid_t child = forked();

			if (!child)
				_exit(0);
			ended(child);
		}
		check(munmap(at, pages * PAGE) == 0, "munmap");
	}
}

static void storm_moved_maps(int times)
{
	pid_t child = forked();

	if (!child) {
		storm_maps(times);
		_exit(0);
	}
	check(ended(child) == 0, "child");
}

static void storm_files(int times)
{
	char path[64], other[64];

	check(mkdir("/tmp/storm", 0700) == 0, "mkdir");
	for (int i = 0; i < times; i++) {
		int fd;

		snprintf(path, sizeof(path), "/tmp/storm/file%d", i % 100);
		snprintf(other, sizeof(other), "/tmp/storm/other%d", i % 7);
		fd = open(path, O_CREAT | O_RDWR, 0600);
		check(fd >= 0 && pwrite(fd, path, sizeof(path), i % 9 * 70000) == sizeof(path), path);
		if (i % 4 == 0)
			check(link(path, other) == 0 || errno == EEXIST, "link");
		if (i % 4 == 1)
			check(rename(path, other) == 0, "rename");
		else
			check(unlink(path) == 0, "unlink");
		access(path, F_OK); /* a negative name */
		check(ftruncate(fd, 10) == 0 && close(fd) == 0, "close");
	}
	for (int i = 0; i < 7; i++) {
		snprintf(other, sizeof(other), "/tmp/storm/other%d", i);
		unlink(other);
	}
	check(rmdir("/tmp/storm") == 0, "rmdir");
}

/* Shared and private maps of a file that shrinks and goes away under them. */
static void storm_file_maps(int times)
{
	while (times--) {
		int fd = open("/tmp/map", O_CREAT | O_RDWR, 0600);
		char *shared, *private;

		check(fd >= 0 && ftruncate(fd, 20 * PAGE) == 0, "file");
		shared = mmap(NULL, 20 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
		private = mmap(NULL, 20 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
		check(shared != MAP_FAILED && private != MAP_FAILED, "mmap");
		for (int i = 0; i < 20; i++)
			shared[i * PAGE] = private[(19 - i) * PAGE] = 1;
		check(ftruncate(fd, 3 * PAGE + 5) == 0 && unlink("/tmp/map") == 0, "shrink");
		close(fd);
		if (times & 1)
			munmap(shared + 2 * PAGE, PAGE);
		munmap(shared, 20 * PAGE), munmap(private, 20 * PAGE);
	}
}

static volatile sig_atomic_t caught;
static void count_signal(int signal)
{
	caught++;
}

static void storm_signals(int times)
{
	struct sigaction action = { .sa_handler = count_signal };
	sigset_t queued, old;
	pid_t child;

	sigaction(SIGUSR1, &action, NULL), sigaction(SIGRTMIN, &action, NULL);
	sigemptyset(&queued), sigaddset(&queued, SIGRTMIN);
	while (times--) {
		caught = 0;
		raise(SIGUSR1);
		sigprocmask(SIG_BLOCK, &queued, &old);
		for (int i = 0; i < 5; i++)
			check(sigqueue(getpid(), SIGRTMIN, (union sigval){ .sival_int = i }) == 0,
			      "sigqueue");
		if (times % 4 == 0) { /* a child that dies with signals queued */
			child = forked();
			if (!child) {
				for (int i = 0; i < 5; i++)
					sigqueue(getpid(), SIGRTMIN, (union sigval){ 0 });
				kill(getpid(), SIGKILL);
			}
			check(ended(child) == SIGKILL, "killed");
		}
		sigprocmask(SIG_SETMASK, &old, NULL);
		check(caught == 6, "handlers");
	}
	signal(SIGUSR1, SIG_DFL);
}

static void storm_crashes(int times)
{
	while (times--) {
		pid_t child = forked();

		if (!child) {
			static volatile char *const wild[] = { NULL, (char *)0x800000000000UL,
							       (char *)0xffffffff80100000UL };
			if (times % 4 == 3)
				__asm__ volatile("ud2");
			*wild[times % 3] = 1;
		}
		check(WIFSIGNALED(ended(child)), "crash");
	}
}

static void storm_groups(int times)
{
	while (times--) {
		pid_t child = forked();

		if (!child) {
			if (times & 1)
				setsid();
			else
				setpgid(0, 0);
			if (!fork())
				pause();
			if (times % 3 == 0)
				raise(SIGSTOP);
			pause();
		}
		pause_for(1);
		setpgid(child, child);
		kill(-child, SIGKILL);
		check(ended(child) == SIGKILL, "killed");
	}
}

/* A user's bomb: every process forks for ever, up to the limit; then it is swept away. */
static void storm_bomb(int times)
{
	struct rlimit limit = { times, times };
	pid_t child = forked(), sweeper;

	if (!child) {
		setrlimit(RLIMIT_NPROC, &limit);
		check(setresuid(NOBODY, NOBODY, NOBODY) == 0, "setresuid");
		for (;;)
			fork();
	}
	pause_for(50);
	sweeper = forked();
	if (!sweeper) { /* reaches all of the user's processes but the caller, at once */
		check(setresuid(NOBODY, NOBODY, NOBODY) == 0, "setresuid");
		check(kill(-1, SIGKILL) == 0, "kill");
		_exit(0);
	}
	check(ended(child) == SIGKILL && ended(sweeper) == 0, "bomb");
}

static void storm_mounts(int times)
{
	mkdir("/tmp/mount", 0700);
	while (times--) {
		check(mount("none", "/tmp/mount", "tmpfs", 0, "size=1m") == 0, "mount");
		make_file("/tmp/mount/file", 0600, "content", 7);
		mkdir("/tmp/mount/directory", 0700);
		check(symlink("file", "/tmp/mount/directory/link") == 0, "symlink");
		check(umount("/tmp/mount") == 0, "umount");
	}
	rmdir("/tmp/mount");
}

static const struct storm {
	const char *name;
	void (*run)(int times);
	int times;
} storms[] = {
	{ "forks", storm_forks, 10000 },
	{ "orphans", storm_orphans, 500 },
	{ "ignored_children", storm_ignored_children, 500 },
	{ "vforks", storm_vforks, 1000 },
	{ "execs", storm_execs, 1000 },
	{ "failed_execs", storm_failed_execs, 300 },
	{ "failed_forks", storm_failed_forks, 3000 },
	{ "pipes", storm_pipes, 500 },
	{ "waiting_readers", storm_waiting_readers, 200 },
	{ "maps", storm_moved_maps, 500 },
	{ "files", storm_files, 3000 },
	{ "file_maps", storm_file_maps, 500 },
	{ "signals", storm_signals, 500 },
	{ "crashes", storm_crashes, 500 },
	{ "groups", storm_groups, 200 },
	{ "mounts", storm_mounts, 200 },
	{ "bomb", storm_bomb, 60 },
};

static const struct storm *storm_named(const char *name)
{
	for (size_t i = 0; i < sizeof(storms) / sizeof(*storms); i++)
		if (!strcmp(storms[i].name, name))
			return &storms[i];
	return NULL;
}

int main(int argc, char **argv)
{
	static struct counts before, after;
	const struct storm *storm;

	if (argc < 2 || !strcmp(argv[1], "nothing"))
		return 0;
	storm = storm_named(argv[1]);
	if (!storm)
		return 98;
	setvbuf(stdout, NULL, _IONBF, 0);
	counts_take(&before); /* warms up */
	storm->run(WARM_UP);
	counts_take(&before);
	storm->run(argc > 2 ? atoi(argv[2]) : storm->times);
	counts_take(&after);
	return !counts_same(&before, &after);
}
