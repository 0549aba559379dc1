/* SPDX-License-Identifier: MIT */
/*
 * kbench - lmbench-style kernel micro-benchmarks for x86_64 with the Linux ABI.
 *
 * One static binary runs unchanged on Linux and on a small kernel with the same
 * syscall ABI.  It calls no malloc or stdio; a benchmark whose syscalls are
 * missing prints "skip NAME ENOSYS (the call)" and the next one runs.
 *
 *   musl-gcc -std=c11 -O2 -static -Wall -Wextra -o kbench kbench.c
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include "meter.h"

enum { PAGE = 4096, BLOCK = 65536, DIR_FILES = 1000, MAX_RING = 8, POLL_FDS = 10,
       FILE_BLOCKS = 1024,	/* pages of the 4 MiB file */
       FAULT_PAGES = 256 };	/* pages per mmap, brk and COW round */

static const char *opt_dir = "/";
static const char *opt_self = "/bin/kbench";	/* what fork_exec runs */
static const char *opt_busybox = "/bin/busybox";
static u64 opt_iters;				/* 0: calibrate */
static u64 opt_target_ns = 50 * 1000 * 1000;
static int opt_reps = 3, opt_tsv, opt_apart = 1;

static char buf_a[BLOCK] __attribute__((aligned(PAGE)));
static char buf_b[BLOCK] __attribute__((aligned(PAGE)));

/* ---- one process, one syscall ---- */

static int work_fd = -1;
static char work_path[512];
static struct stat work_stat;
static char work_byte;

static void in_dir(const char *name) {
	size_t n = strlen(opt_dir);
	snprintf(work_path, sizeof work_path, "%s%s%s", opt_dir,
		 n && opt_dir[n - 1] == '/' ? "" : "/", name);
}

static void create(const char *path) {
	int fd = MUST(open(path, O_CREAT | O_RDWR | O_TRUNC, 0644));
	MUST(close(fd));
}

static void make_file(int n UNUSED) { in_dir("kb.file"); create(work_path); }
static void remove_file(void) { unlink(work_path); }
static void open_zero(int n UNUSED) { work_fd = MUST(open("/dev/zero", O_RDONLY)); }
static void open_null(int n UNUSED) { work_fd = MUST(open("/dev/null", O_WRONLY)); }
static void open_file(int n UNUSED) { make_file(n); work_fd = MUST(open(work_path, O_RDONLY)); }

METER_CALLS(run_null, syscall(SYS_getppid))
METER_CALLS(run_read1, read(work_fd, &work_byte, 1))
METER_CALLS(run_write1, write(work_fd, &work_byte, 1))
METER_CALLS(run_open_close, close(open(work_path, O_RDONLY)))
METER_CALLS(run_stat, stat(work_path, &work_stat))
METER_CALLS(run_fstat, fstat(work_fd, &work_stat))

/* A file DEPTH components below -d. */
static void make_tree(int depth) {
	in_dir("kb.tree");
	for (; depth > 1; depth--) {
		MUST(mkdir(work_path, 0755));
		strcat(work_path, "/d");
	}
	create(work_path);
}

static void remove_tree(void) {
	unlink(work_path);
	for (size_t n; n = strlen(work_path), n > 2 && !strcmp(work_path + n - 2, "/d");) {
		work_path[n - 2] = 0;
		rmdir(work_path);
	}
}

static struct pollfd poll_set[POLL_FDS];

static void make_poll(int n UNUSED) {
	for (int i = 0; i < POLL_FDS; i++) {
		int p[2];
		MUST(pipe(p));
		poll_set[i] = (struct pollfd){ .fd = p[0], .events = POLLIN };
	}
}
METER_CALLS(run_poll, poll(poll_set, POLL_FDS, 0))

/* ---- signals ---- */

static volatile sig_atomic_t handled;
static void on_signal(int sig UNUSED) { handled++; }
static const struct sigaction handler = { .sa_handler = on_signal };
static pid_t self;

static void catch_usr1(int n UNUSED) {
	self = getpid();
	MUST(sigaction(SIGUSR1, &handler, NULL));
	MUST(kill(self, SIGUSR1));
	if (!handled)
		skip("handler not run", ENOTSUP);
}
METER_CALLS(run_sig_install, sigaction(SIGUSR1, &handler, NULL))
METER_CALLS(run_sig_deliver, kill(self, SIGUSR1))

/* ---- pipes and context switches ---- */

static void read_full(int fd, void *to, size_t len) {
	for (size_t got = 0; got < len;) {
		long r = MUST(read(fd, (char *)to + got, len - got));
		if (r == 0)
			skip("end of file", EPIPE);
		got += r;
	}
}

static void reap(pid_t pid) {
	int status;
	MUST(waitpid(pid, &status, 0));
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		skip("child failed", WIFEXITED(status) ? WEXITSTATUS(status) : EIO);
}

/* A ring of processes passing a token through pipes.  This process is member 0;
 * any other leaves when its input reaches end of file. */
static int ring_in, ring_out, ring_size;
static pid_t ring_pid[MAX_RING];

static void keep_ends(int (*p)[2], int in, int out) {
	ring_in = in;
	ring_out = out;
	for (int i = 0; i < ring_size * 2; i++)
		if (p[i / 2][i % 2] != in && p[i / 2][i % 2] != out)
			close(p[i / 2][i % 2]);
}

static void make_ring(int size) {
	int p[MAX_RING][2];
	ring_size = size;
	for (int i = 0; i < size; i++)
		MUST(pipe(p[i]));
	for (int i = 1; i < size; i++) {
		ring_pid[i] = MUST(fork());
		if (ring_pid[i] == 0) {
			keep_ends(p, p[i - 1][0], p[i][1]);
			while (read(ring_in, buf_a, 1) == 1 && write(ring_out, buf_a, 1) == 1)
				;
			_exit(0);
		}
	}
	keep_ends(p, p[size - 1][0], p[0][1]);
}

static void break_ring(void) {
	close(ring_out);
	for (int i = 1; i < ring_size; i++)
		reap(ring_pid[i]);
	close(ring_in);
}

/* op = once round the ring */
static void run_ring(struct meter *m, u64 n) {
	METERED(m, n, 1) {
		MUST(write(ring_out, buf_a, 1));
		read_full(ring_in, buf_b, 1);
	}
}

/* op = one hop: write, switch to the next process, read */
static void run_hops(struct meter *m, u64 n) {
	run_ring(m, n / ring_size);
	m->ops *= ring_size;
}

static void make_writer(int n UNUSED) {
	int p[2];
	MUST(pipe(p));
	ring_pid[0] = MUST(fork());
	if (ring_pid[0] == 0) {
		close(p[0]);
		while (write(p[1], buf_a, BLOCK) > 0)
			;
		_exit(0);
	}
	close(p[1]);
	ring_in = p[0];
}

static void stop_writer(void) {
	close(ring_in);			/* gives it SIGPIPE or EPIPE */
	waitpid(ring_pid[0], NULL, 0);
}

static void run_pipe_bw(struct meter *m, u64 n) {
	METERED(m, n, 1)
		read_full(ring_in, buf_b, BLOCK);
}

/* ---- processes ---- */

static void spawn(struct meter *m, u64 n, const char *path, char *const *argv) {
	char *envp[] = { NULL };
	METERED(m, n, 1) {
		pid_t pid = MUST(fork());
		if (pid == 0) {
			if (path)
				execve(path, argv, envp);
			_exit(path ? errno : 0);
		}
		reap(pid);
	}
}
#define ARGV(...) ((char *[]){ __VA_ARGS__, NULL })

static void run_fork_exit(struct meter *m, u64 n) { spawn(m, n, NULL, NULL); }
static void run_fork_exec(struct meter *m, u64 n) { spawn(m, n, opt_self, ARGV("kbench", "--noop")); }
static void run_fork_true(struct meter *m, u64 n) { spawn(m, n, opt_busybox, ARGV("busybox", "true")); }
static void run_fork_sh(struct meter *m, u64 n) { spawn(m, n, opt_busybox, ARGV("sh", "-c", "exit 0")); }

/* ---- memory ---- */

static char *map_pages(void) {
	void *p = mmap(NULL, FAULT_PAGES * PAGE, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (p == MAP_FAILED)
		skip("mmap", errno);
	return p;
}

static void touch_pages(char *p, char value) {
	for (size_t i = 0; i < FAULT_PAGES; i++)
		*(volatile char *)(p + i * PAGE) = value;
}

/* op = one page: its first touch, and its share of mmap and munmap */
static void run_mmap(struct meter *m, u64 n) {
	METERED(m, n, FAULT_PAGES) {
		char *p = map_pages();
		touch_pages(p, 1);
		MUST(munmap(p, FAULT_PAGES * PAGE));
	}
}

/* op = one page written by a child after fork; the child meters itself */
static void run_cow(struct meter *m, u64 n) {
	char *p = map_pages();
	int fds[2];
	touch_pages(p, 1);
	MUST(pipe(fds));
	for (u64 i = 0; i < n; i += FAULT_PAGES) {
		struct meter child = {0};
		pid_t pid = MUST(fork());
		if (pid == 0) {
			begin(&child);		/* unmetered: faults the stack in */
			METERED(&child, FAULT_PAGES, FAULT_PAGES)
				touch_pages(p, 2);
			_exit(write(fds[1], &child, sizeof child) != sizeof child);
		}
		read_full(fds[0], &child, sizeof child);
		reap(pid);
		m->tsc += child.tsc;
		m->ns += child.ns;
		m->ops += child.ops;
	}
	if (p[0] != 1)
		skip("child wrote the parent's page", EFAULT);
	close(fds[0]);
	close(fds[1]);
	MUST(munmap(p, FAULT_PAGES * PAGE));
}

/* op = brk up by one page and touch it; every 256 pages it is given back, timed too */
static void run_brk(struct meter *m, u64 n) {
	long base = raw(SYS_brk, 0, 0, 0, 0);
	if (base < 0)
		skip("brk", -base);
	METERED(m, n, FAULT_PAGES) {
		for (long top = base + PAGE; top <= base + FAULT_PAGES * PAGE; top += PAGE) {
			if (raw(SYS_brk, top, 0, 0, 0) != top)
				skip("brk", ENOMEM);
			*(volatile char *)(top - 1) = 1;
		}
		raw(SYS_brk, base, 0, 0, 0);
	}
}

/* Controls without kernel work: they measure the emulator. */
static void run_user_memcpy(struct meter *m, u64 n) {
	METERED(m, n, 1) {
		memcpy(buf_b, buf_a, BLOCK);
		__asm__ volatile("" : : : "memory");
	}
}

static void run_user_loop(struct meter *m, u64 n) {	/* op = 4 instructions */
	u64 x = 1, i = n;
	begin(m);
	__asm__ volatile("1: imul $33, %0, %0\n\tadd $7, %0\n\tdec %1\n\tjnz 1b"
			 : "+r"(x), "+r"(i));
	end(m, n);
}

/* ---- files ---- */

static void run_create_unlink(struct meter *m, u64 n) {
	in_dir("kb.create");
	METERED(m, n, 1) {
		create(work_path);
		MUST(unlink(work_path));
	}
}

/* op = one 4 KiB block appended to a fresh 4 MiB file (truncation is not timed) */
static void run_file_write(struct meter *m, u64 n) {
	in_dir("kb.big");
	for (u64 i = 0; i < n; i += FILE_BLOCKS) {
		int fd = MUST(open(work_path, O_CREAT | O_RDWR | O_TRUNC, 0644));
		METERED(m, FILE_BLOCKS, 1)
			if (MUST(write(fd, buf_a, PAGE)) != PAGE)
				skip("short write", ENOSPC);
		MUST(close(fd));
	}
}

static void make_big_file(int n UNUSED) { run_file_write(&(struct meter){0}, FILE_BLOCKS); }

static void run_file_read(struct meter *m, u64 n) {
	for (u64 i = 0; i < n; i += FILE_BLOCKS) {
		int fd = MUST(open(work_path, O_RDONLY));
		METERED(m, FILE_BLOCKS, 1)
			read_full(fd, buf_b, PAGE);
		MUST(close(fd));
	}
}

static void each_dir_file(void (*act)(const char *)) {
	size_t n = strlen(work_path);
	for (int i = 0; i < DIR_FILES; i++) {
		snprintf(work_path + n, sizeof work_path - n, "/file%04d", i);
		act(work_path);
	}
	work_path[n] = 0;
}

static void remove_one(const char *path) { unlink(path); }
static void make_dir(int n UNUSED) { in_dir("kb.dir"); MUST(mkdir(work_path, 0755)); each_dir_file(create); }
static void remove_dir(void) { each_dir_file(remove_one); rmdir(work_path); }

/* op = open the directory, list its 1000 files in 32 KiB calls, close */
static void run_getdents(struct meter *m, u64 n) {
	METERED(m, n, 1) {
		long got, total = 0;
		int fd = MUST(open(work_path, O_RDONLY | O_DIRECTORY));
		while ((got = raw(SYS_getdents64, fd, (long)buf_a, 32768, 0)) > 0)
			total += got;
		close(fd);
		if (got < 0 || total < DIR_FILES * 27)	/* 19-byte header, 8-byte name */
			skip("getdents64", -got);
	}
}

/* ---- threads ---- */

enum { TURN_MAIN, TURN_PEER, TURN_QUIT };
static int turn;				/* the futex word */
static char peer_stack[16384] __attribute__((aligned(16)));

static long pass_turn(int to) {
	__atomic_store_n(&turn, to, __ATOMIC_SEQ_CST);
	return raw(SYS_futex, (long)&turn, 1 /* FUTEX_WAKE */, 1, 0);
}

/* Sleeps while it is WHOSE turn; returns an errno, ETIMEDOUT if nobody wakes us. */
static int await_turn_end(int whose) {
	struct timespec limit = { .tv_sec = 10 };	/* far above a stall of the host */
	while (__atomic_load_n(&turn, __ATOMIC_SEQ_CST) == whose) {
		long r = raw(SYS_futex, (long)&turn, 0 /* FUTEX_WAIT */, whose, (long)&limit);
		if (r < 0 && r != -EAGAIN && r != -EINTR)
			return -r;
	}
	return 0;
}

static int peer(void *arg UNUSED) {
	while (await_turn_end(TURN_MAIN) == 0 && turn == TURN_PEER)
		pass_turn(TURN_MAIN);
	return 0;
}

static void start_peer(int n UNUSED) {
	long r = pass_turn(TURN_MAIN);
	if (r < 0)
		skip("futex", -r);
	MUST(clone(peer, peer_stack + sizeof peer_stack, CLONE_VM | CLONE_FS | CLONE_FILES |
		   CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM, NULL));
}

static void stop_peer(void) { pass_turn(TURN_QUIT); }

/* op = round trip: wake the peer, sleep, be woken */
static void run_futex(struct meter *m, u64 n) {
	METERED(m, n, 1) {
		pass_turn(TURN_PEER);
		int err = await_turn_end(TURN_PEER);
		if (err)
			skip("futex wait", err);
	}
}

/* ---- table and runner ---- */

static const struct bench {
	const char *name;
	unsigned weight;	/* -n ITERS means ITERS / weight operations */
	unsigned batch;		/* operations come in multiples of this */
	void (*run)(struct meter *, u64);
	void (*setup)(int), (*teardown)(void);
	int arg;		/* for setup */
} benches[] = {
	{"user_loop",      1,    1, run_user_loop,     NULL, NULL, 0},
	{"user_memcpy64k", 100,  1, run_user_memcpy,   NULL, NULL, 0},
	{"null",           1,    1, run_null,          NULL, NULL, 0},
	{"read_zero",      1,    1, run_read1,         open_zero, NULL, 0},
	{"write_null",     1,    1, run_write1,        open_null, NULL, 0},
	{"open_close",     2,    1, run_open_close,    make_file, remove_file, 0},
	{"stat",           2,    1, run_stat,          make_file, remove_file, 0},
	{"fstat",          1,    1, run_fstat,         open_file, remove_file, 0},
	{"path_1",         2,    1, run_stat,          make_tree, remove_tree, 1},
	{"path_8",         2,    1, run_stat,          make_tree, remove_tree, 8},
	{"poll_10",        2,    1, run_poll,          make_poll, NULL, 0},
	{"sig_install",    1,    1, run_sig_install,   NULL, NULL, 0},
	{"sig_deliver",    2,    1, run_sig_deliver,   catch_usr1, NULL, 0},
	{"pipe_self",      2,    1, run_ring,          make_ring, break_ring, 1},
	{"pipe_lat",       5,    1, run_ring,          make_ring, break_ring, 2},
	{"pipe_bw64k",     50,   1, run_pipe_bw,       make_writer, stop_writer, 0},
	{"ctx_2",          5,    2, run_hops,          make_ring, break_ring, 2},
	{"ctx_8",          5,    8, run_hops,          make_ring, break_ring, 8},
	{"futex_pp",       5,    1, run_futex,         start_peer, stop_peer, 0},
	{"fork_exit",      100,  1, run_fork_exit,     NULL, NULL, 0},
	{"fork_exec",      200,  1, run_fork_exec,     NULL, NULL, 0},
	{"fork_true",      200,  1, run_fork_true,     NULL, NULL, 0},
	{"fork_sh",        200,  1, run_fork_sh,       NULL, NULL, 0},
	{"mmap_touch",     2,    FAULT_PAGES, run_mmap, NULL, NULL, 0},
	{"cow_fault",      2,    FAULT_PAGES, run_cow, NULL, NULL, 0},
	{"brk_grow",       2,    FAULT_PAGES, run_brk, NULL, NULL, 0},
	{"create_unlink",  10,   1, run_create_unlink, NULL, NULL, 0},
	{"file_write4k",   5,    FILE_BLOCKS, run_file_write, NULL, remove_file, 0},
	{"file_read4k",    5,    FILE_BLOCKS, run_file_read, make_big_file, remove_file, 0},
	{"getdents_1000",  1000, 1, run_getdents,      make_dir, remove_dir, 0},
};
enum { BENCHES = sizeof benches / sizeof *benches };

static u64 round_up(u64 n, unsigned batch) {
	return n ? (n + batch - 1) / batch * batch : batch;
}

/* Doubles the count until a run is long enough (without a clock: TSC at 1 GHz). */
static u64 calibrate(const struct bench *b) {
	for (u64 n = b->batch;; n *= 2) {
		struct meter m = {0};
		b->run(&m, n);
		double took = m.ns ? m.ns : m.tsc + 1;
		if (took >= opt_target_ns / 4 || n >> 40)
			return round_up(n * (opt_target_ns / took), b->batch);
	}
}

/* Runs one benchmark, prints its best repetition (TSV: and the worst TSC);
 * returns 0, or 1 when it was skipped. */
static int run_bench(const struct bench *b) {
	int err = setjmp(skip_jump);
	if (err) {
		say("skip %s %s (%.60s: %s)\n", b->name, err == ENOSYS ? "ENOSYS" : "error",
		    skip_what, strerror(err));
		return 1;
	}
	if (b->setup)
		b->setup(b->arg);
	struct meter warm_up = {0}, best = {0};
	b->run(&warm_up, b->batch);
	u64 n = opt_iters ? round_up(opt_iters / b->weight, b->batch) : calibrate(b), worst = 0;
	for (int r = 0; r < opt_reps; r++) {
		struct meter m = {0};
		b->run(&m, n);
		if (r == 0 || m.tsc < best.tsc)
			best = m;
		if (m.tsc > worst)
			worst = m.tsc;
	}
	if (b->teardown)
		b->teardown();
	double ops = best.ops;
	char ns[32] = "-";
	if (best.ns)
		snprintf(ns, sizeof ns, "%.2f", best.ns / ops);
	if (opt_tsv)
		say("%s\t%s\t%.2f\t%llu\t%d\t%.2f\n", b->name, ns, best.tsc / ops,
		    (unsigned long long)n, opt_reps, worst / ops);
	else
		say("%-15s %14s %14.2f %10llu\n", b->name, ns, best.tsc / ops, (unsigned long long)n);
	return 0;
}

/* In a child of its own, so that a crash or a leak stays in that benchmark. */
static void run_apart(const struct bench *b) {
	int status = 0;
	pid_t pid = opt_apart ? fork() : -1;
	if (pid <= 0)
		status = run_bench(b);
	if (pid == 0)
		_exit(status);
	if (pid > 0 && waitpid(pid, &status, 0) == pid && WIFSIGNALED(status))
		say("skip %s signal%d (crashed)\n", b->name, WTERMSIG(status));
}

/* Picks (or with a leading '-' drops) the benchmarks that ARG names. */
static int pick(char *picked, const char *arg) {
	int drop = arg[0] == '-', hits = 0;
	size_t len = strlen(arg += drop);
	int prefix = len && arg[len - 1] == '*';
	for (int k = 0; k < BENCHES; k++)
		if (prefix ? !strncmp(arg, benches[k].name, len - 1) : !strcmp(arg, benches[k].name))
			picked[k] = drop ? 'n' : 'y', hits++;
	return hits;
}

/* Handles the option at ARG with value V; returns the arguments it took, 0 if unknown. */
static int option(const char *arg, const char *v) {
	if (!strcmp(arg, "--tsv"))
		return opt_tsv = 1;
	if (!strcmp(arg, "--no-fork"))
		return opt_apart = 0, 1;
	if (arg[0] != '-' || !arg[1] || arg[2] || !v)
		return 0;
	switch (arg[1]) {
	case 'n': opt_iters = strtoull(v, NULL, 0); return 2;
	case 't': opt_target_ns = strtoull(v, NULL, 0) * 1000000; return 2;
	case 'r': opt_reps = atoi(v); return 2;
	case 'd': opt_dir = v; return 2;
	case 'x': opt_self = v; return 2;
	case 'b': opt_busybox = v; return 2;
	}
	return 0;
}

int main(int argc, char **argv) {
	u64 entry_tsc = rdtsc();
	char picked[BENCHES] = {0};
	int only_picked = 0;
	if (argc > 1 && !strcmp(argv[1], "--noop"))
		_exit(0);
	if (argc > 1 && !strcmp(argv[1], "--boot")) {	/* as /init: TSC since power-on */
		say("kbench boot tsc=%llu\n", (unsigned long long)entry_tsc);
		return 0;
	}
	for (int i = 1, took; i < argc; i += took) {
		took = option(argv[i], argv[i + 1]);
		if (!took && (took = pick(picked, argv[i]) > 0))
			only_picked |= argv[i][0] != '-';
		if (!took) {
			say("usage: kbench [-n ITERS] [-t MS] [-r REPS] [-d DIR] [-x SELF] [-b BUSYBOX]\n"
			    "              [--tsv] [--no-fork] [--boot] [--noop] [[-]NAME[*]...]\nnames:");
			for (int k = 0; k < BENCHES; k++)
				say(" %s", benches[k].name);
			say("\n");
			return 2;
		}
	}
	say("# kbench begin reps=%d n=%llu dir=%s\n", opt_reps, (unsigned long long)opt_iters, opt_dir);
	say(opt_tsv ? "#name\tns_per_op\ttsc_per_op\titers\treps\ttsc_worst\n"
		    : "# NAME           ns_per_op     tsc_per_op      iters\n");
	for (int k = 0; k < BENCHES; k++)
		if (picked[k] == 'y' || (!only_picked && picked[k] != 'n'))
			run_apart(&benches[k]);
	say("# kbench end tsc=%llu\n", (unsigned long long)rdtsc());
	return 0;
}
