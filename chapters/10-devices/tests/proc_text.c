/* SPDX-License-Identifier: MIT */
/*
 * proc_text.c - what a process reads of itself and of others: cmdline, environ, comm, stat, statm,
 * status, limits, auxv.  It runs itself again under names and with strings that it knows.
 */
#include "../../09-vfs/tests/scratch.h"

#include <elf.h>
#include <sched.h>
#include <signal.h>
#include <sys/auxv.h>
#include <sys/prctl.h>

#define FIELDS 60

static char bytes[20000];

static long file_read(const char *name)
{
	int fd = open(name, O_RDONLY);
	long length = fd < 0 ? -1 : read(fd, bytes, sizeof(bytes) - 1);

	bytes[length < 0 ? 0 : length] = '\0';
	close(fd);
	return length;
}

/* ---- stat ---- */

static char *field[FIELDS];

static int stat_read(const char *name)
{
	int count = 2;
	char *at;

	file_read(name);
	field[0] = bytes;
	field[1] = strchr(bytes, '(');
	at = strrchr(bytes, ')') + 1;
	*at++ = '\0';
	for (at = strtok(at, " \n"); at && count < FIELDS; at = strtok(NULL, " \n"))
		field[count++] = at;
	return count;
}

static void show_stat(const char *key)
{
	observe_number(text("%s_fields", key), stat_read("/proc/self/stat"));
	observe("stat_pid", atoi(field[0]) == getpid());
	observe_text("stat_name", field[1]);
	observe_text("stat_state", field[2]);
	observe("stat_parent", atoi(field[3]) == getppid());
	observe("stat_group", atoi(field[4]) == getpgrp());
	observe("stat_session", atoi(field[5]) == getsid(0));
	observe_text("stat_priority", text("%s %s", field[17], field[18]));
	observe_text("stat_threads", text("%s %s", field[19], field[20]));
	observe_text("stat_exit_signal", field[37]);
	observe_text("stat_exit_code", field[51]);
	observe("stat_size_pages", strtoul(field[22], 0, 10) % PAGE == 0);
	observe("stat_code", strtoul(field[25], 0, 10) < (unsigned long)show_stat &&
		strtoul(field[26], 0, 10) > (unsigned long)show_stat);
	observe("stat_stack", strtoul(field[27], 0, 10) > (unsigned long)&key);
	observe_text("stat_signals", text("%s %s %s %s", field[30], field[31], field[32], field[33]));
	observe("stat_arguments", strtoul(field[47], 0, 10) == (unsigned long)test_argv[0]);
	observe("stat_environment", strtoul(field[49], 0, 10) == (unsigned long)test_envp[0]);
	observe("stat_data", strtoul(field[44], 0, 10) <= strtoul(field[45], 0, 10) &&
		strtoul(field[45], 0, 10) <= strtoul(field[46], 0, 10));
}

/* ---- status ---- */

static void status_line(const char *name)
{
	char *at = strstr(bytes, text("\n%s:", name)), line[200];

	if (!at) {
		observe_text(name, "(no such line)");
		return;
	}
	snprintf(line, sizeof(line), "%.*s", (int)strcspn(at + 1, "\n"), at + 1);
	observe_text(text("line_%s", name), line + strlen(name) + 1);
}

static void status_number(const char *name, long wanted)
{
	char *at = strstr(bytes, text("\n%s:\t", name));

	observe(text("line_%s", name), at && atol(at + strlen(name) + 3) == wanted);
}

static void show_status(void)
{
	static const char *const same[] = {
		"Umask", "State", "TracerPid", "Uid", "Gid", "Groups", "Threads", "SigPnd", "ShdPnd",
		"SigBlk", "SigIgn", "SigCgt", "CapInh", "CapPrm", "CapEff", "CapAmb", "NoNewPrivs",
		"Seccomp", "VmLck", "VmPin", "VmSwap",
	};
	static const char *const sizes[] = { "VmPeak", "VmSize", "VmHWM", "VmRSS", "RssAnon", "RssFile",
					     "RssShmem", "VmData", "VmStk", "VmExe", "VmLib" };

	file_read("/proc/self/status");
	observe_bytes("status_name", bytes, strcspn(bytes, "\n"));
	for (unsigned i = 0; i < sizeof(same) / sizeof(*same); i++)
		status_line(same[i]);
	status_number("Tgid", getpid());
	status_number("Pid", getpid());
	status_number("PPid", getppid());
	status_number("NSpid", getpid());
	for (unsigned i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		char *at = strstr(bytes, text("\n%s:\t", sizes[i])), unit[8] = "", rest = 0;
		unsigned long value;
		int fields = at ? sscanf(at + strlen(sizes[i]) + 3, "%lu %3s%c", &value, unit, &rest) : 0;

		observe_text(text("size_%s", sizes[i]), fields == 3 && rest == '\n' &&
			     at[strlen(sizes[i]) + 11] == ' ' ? unit : "missing");
	}
}

/* ---- the rest ---- */

static void show_limits(void)
{
	struct rlimit limit = { 100, 1000 };
	char *line;

	setrlimit(RLIMIT_NOFILE, &limit);
	limit = (struct rlimit){ RLIM_INFINITY, RLIM_INFINITY };
	setrlimit(RLIMIT_CORE, &limit);
	limit = (struct rlimit){ 4096, RLIM_INFINITY };
	setrlimit(RLIMIT_FSIZE, &limit);
	file_read("/proc/self/limits");
	for (line = strtok(bytes, "\n"); line; line = strtok(NULL, "\n"))
		if (!strncmp(line, "Limit", 5) || strstr(line, "open files") || strstr(line, "core") ||
		    strstr(line, "Max file size"))
			observe_text(text("limits_%d", (int)line[4] * 256 + line[6]), line);
}

static void show_auxv(void)
{
	Elf64_auxv_t *each = (Elf64_auxv_t *)bytes;
	long length = file_read("/proc/self/auxv");

	observe("auxv_whole", length > 0 && length % sizeof(*each) == 0);
	observe_number("auxv_end", ((Elf64_auxv_t *)(bytes + length))[-1].a_type);
	for (; each->a_type; each++)
		if (each->a_type == AT_PHNUM || each->a_type == AT_PAGESZ || each->a_type == AT_ENTRY)
			observe(text("auxv_%d", (int)each->a_type),
				each->a_un.a_val == getauxval(each->a_type));
}

static void show_memory(void)
{
	unsigned long total, resident, shared, code, lib, data, dirty;

	file_read("/proc/self/statm");
	observe_number("statm_fields", sscanf(bytes, "%lu %lu %lu %lu %lu %lu %lu", &total, &resident,
					      &shared, &code, &lib, &data, &dirty));
	observe("statm_order", total >= resident && resident >= shared && total > code);
	observe_text("statm_zeros", text("%d %d", (int)lib, (int)dirty));
	stat_read("/proc/self/stat");
	observe("statm_agrees", strtoul(field[22], 0, 10) / PAGE == total);
}

/* Strings that the process writes over are seen as they are now. */
static void show_strings(void)
{
	long length = file_read("/proc/self/cmdline");

	observe_bytes("cmdline", bytes, length);
	length = file_read("/proc/self/environ");
	observe_bytes("environ", bytes, length);
	test_argv[1][0] = 'X';
	length = file_read("/proc/self/cmdline");
	observe_bytes("cmdline_written", bytes, length);
	test_envp[0][0] = 'Y';
	length = file_read("/proc/self/environ");
	observe_bytes("environ_written", bytes, length);
	test_argv[2][strlen(test_argv[2])] = '!'; /* no end: a title that runs on into the environment */
	length = file_read("/proc/self/cmdline");
	observe_bytes("cmdline_without_end", bytes, length);
	strcpy(test_argv[0], "title");
	length = file_read("/proc/self/cmdline");
	observe_bytes("cmdline_title", bytes, length);
}

static void show_name(void)
{
	long length = file_read("/proc/self/comm");

	observe_bytes("comm", bytes, length);
	prctl(PR_SET_NAME, "a) b (c\n\\ and much more");
	length = file_read("/proc/self/comm");
	observe_bytes("comm_set", bytes, length);
	stat_read("/proc/self/stat");
	observe_text("comm_in_stat", field[1]);
	file_read("/proc/self/status");
	observe_bytes("comm_in_status", bytes, strcspn(bytes, "\n"));
	{
		int fd = open("/proc/self/comm", O_WRONLY);

		SAYS("comm_write", SYS_write, fd, "written by hand and long\n", 25);
		close(fd);
	}
	length = file_read("/proc/self/comm");
	observe_bytes("comm_written", bytes, length);
	{
		int fd = open("/proc/self/comm", O_WRONLY);
		int parent = open(text("/proc/%d/comm", getppid()), O_WRONLY);

		SAYS("comm_write_short", SYS_write, fd, "ab\n", 3);
		SAYS("comm_write_nowhere", SYS_write, fd, 8, 3);
		SAYS("comm_of_parent", SYS_write, parent, "x", 1);
		close(fd);
		close(parent);
	}
	length = file_read("/proc/self/comm");
	observe_bytes("comm_written_short", bytes, length);
}

static void nothing(int signal)
{
}

/* Run again, with strings and a name that the test knows. */
static int known(void)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, caught = { .sa_handler = nothing };
	sigset_t set;

	umask(027);
	sigaction(SIGHUP, &ignore, NULL);
	sigaction(SIGUSR1, &caught, NULL);
	sigaction(SIGRTMAX, &ignore, NULL);
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGUSR2);
	sigprocmask(SIG_SETMASK, &set, NULL);
	kill(getpid(), SIGTERM);
	setpriority(PRIO_PROCESS, 0, 5);
	show_stat("stat");
	show_status();
	show_memory();
	show_auxv();
	show_strings();
	show_name();
	show_limits();
	return 0;
}

static void run_again(void)
{
	char *argv[] = { "the name", "-x", "last", NULL }, *envp[] = { "A=1", "LONG=a b  c", NULL };
	unsigned groups[2] = { 20, 30 };

	sys(SYS_setgroups, 2, groups);
	sys(SYS_setresgid, 5, 6, 7);
	execve("/proc/self/exe", argv, envp);
}

static const char *state_of(int pid)
{
	stat_read(text("/proc/%d/stat", pid));
	return field[2];
}

/* A child in each state that /proc can tell. */
static void states(void)
{
	int go[2], status, pid;

	pipe(go);
	pid = fork();
	if (pid == 0) {
		close(go[1]);
		read(go[0], bytes, 1);
		_exit(3);
	}
	while (*state_of(pid) != 'S')
		sched_yield();
	observe_text("state_sleeping", state_of(pid));
	kill(pid, SIGSTOP);
	waitpid(pid, &status, WUNTRACED);
	observe_text("state_stopped", state_of(pid));
	file_read(text("/proc/%d/status", pid));
	status_line("State");
	kill(pid, SIGCONT);
	close(go[1]);
	waitid(P_PID, pid, NULL, WEXITED | WNOWAIT);
	observe_number("zombie_fields", stat_read(text("/proc/%d/stat", pid)));
	observe_text("state_zombie", text("%s %s %s", field[2], field[22], field[51]));
	file_read(text("/proc/%d/status", pid));
	observe("zombie_has_memory", strstr(bytes, "VmSize") != NULL);
	waitpid(pid, &status, 0);
}

/* Whoever started the test may have had signals ignored, also those that the C library keeps. */
static void signals_default(void)
{
	unsigned long none[4] = { 0 };

	for (int signal = 1; signal <= 64; signal++)
		syscall(SYS_rt_sigaction, signal, none, NULL, 8);
}

TEST
{
	if (test_argc > 1)
		return known();
	signals_default();
	scratch();
	observe_number("again", in_child(run_again));
	states();
	return 0;
}
