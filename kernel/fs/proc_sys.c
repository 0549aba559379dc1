/* SPDX-License-Identifier: MIT */
/*
 * proc_sys.c - /proc/sys: the knobs and facts that programs read (proc(5)), and drop_caches, which
 * the tests use to compare what is in use before and after.
 *
 * A knob is a number or a text with bounds.  What cannot be changed here is read-only (EACCES for
 * open, by its mode), never a fake.
 *
 * Rights are checked at each read and write as well as by open(2) (proc_text.c), because a
 * descriptor may be opened by one and written by another; names take CAP_SYS_ADMIN besides. What
 * one write(2) brings is one value; Linux ignores what comes at positions other than 0, and so do
 * programs.
 */
#include "abi/errno.h"
#include "abi/prctl.h"
#include "abi/utsname.h"
#include "fs/pipe.h"
#include "fs/procfs.h"
#include "lib/printf.h"
#include "lib/random.h"
#include "lib/string.h"
#include "memory/heap.h"
#include "memory/reclaim.h"
#include "task/credentials.h"
#include "task/uts.h"

/* ---- facts: a text that never changes ---- */

/* Registers the file `where`, whose one line is the format's; evaluated at each reading. */
#define FACT(identifier, where, ...)                                                               \
	static int show_##identifier(struct text *text)                                            \
	{                                                                                          \
		text_printf(text, __VA_ARGS__);                                                    \
		return 0;                                                                          \
	}                                                                                          \
	static struct proc_entry identifier = { .path = where, .show = show_##identifier };        \
	REGISTER(proc_entry, identifier)

FACT(version, "version", "%s version %s (%s) %s\n", uts.sysname, uts.release, uts.machine,
     uts.version);
FACT(tainted, "sys/kernel/tainted", "0\n");
FACT(ostype, "sys/kernel/ostype", "%s\n", uts.sysname);
FACT(osrelease, "sys/kernel/osrelease", "%s\n", uts.release);
FACT(kernel_version, "sys/kernel/version", "%s\n", uts.version);
FACT(ngroups_max, "sys/kernel/ngroups_max", "%d\n", CREDENTIALS_GROUPS_MAX);
FACT(cap_last_cap, "sys/kernel/cap_last_cap", "%d\n", CAP_LAST_CAP);
FACT(file_max, "sys/fs/file-max", "%lu\n", ~0UL >> 1);
FACT(file_nr, "sys/fs/file-nr", "%lu\t0\t%lu\n", files_open(), ~0UL >> 1);
FACT(nr_open, "sys/fs/nr_open", "1048576\n");
FACT(overcommit_memory, "sys/vm/overcommit_memory", "0\n"); /* memory/area.c */
FACT(entropy_avail, "sys/kernel/random/entropy_avail", "256\n");
FACT(poolsize, "sys/kernel/random/poolsize", "256\n");
FACT(randomize_va_space, "sys/kernel/randomize_va_space", "2\n");

/* A fresh one at each reading (random(4)). */
static int show_uuid(struct text *text)
{
	uint8_t b[16];

	random_bytes(b, sizeof(b));
	b[6] = (b[6] & 0x0f) | 0x40; /* version 4, RFC 4122 */
	b[8] = (b[8] & 0x3f) | 0x80;
	for (size_t i = 0; i < sizeof(b); i++)
		text_printf(text, i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x", b[i]);
	text_printf(text, "\n");
	return 0;
}

static struct proc_entry uuid = { .path = "sys/kernel/random/uuid", .show = show_uuid };
REGISTER(proc_entry, uuid);

/* ---- names: as sethostname(2) sets them ---- */

/* `name`: one of the two fields of uts, of the same size.  Longer ones are cut; the newline that
 * echo sends is no part of it. */
static int store_name(char *name, const char *bytes, size_t length)
{
	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	if (length && bytes[length - 1] == '\n')
		length--;
	length = min(length, sizeof(uts.nodename) - 1);
	assert(length < sizeof(uts.nodename));
	memcpy(name, bytes, length);
	name[length] = '\0';
	return 0;
}

static int show_hostname(struct text *text)
{
	text_printf(text, "%s\n", uts.nodename);
	return 0;
}

static int store_hostname(const char *bytes, size_t length)
{
	return store_name(uts.nodename, bytes, length);
}

static int show_domainname(struct text *text)
{
	text_printf(text, "%s\n", uts.domainname);
	return 0;
}

static int store_domainname(const char *bytes, size_t length)
{
	return store_name(uts.domainname, bytes, length);
}

static struct proc_entry hostname = { .path = "sys/kernel/hostname", .mode = 0644,
				      .show = show_hostname, .store = store_hostname };
static struct proc_entry domainname = { .path = "sys/kernel/domainname", .mode = 0644,
					.show = show_domainname, .store = store_domainname };
REGISTER(proc_entry, hostname);
REGISTER(proc_entry, domainname);

/* ---- numbers ---- */

/* A decimal number and nothing else but a newline; -EINVAL. */
static int parse_number(const char *bytes, uint64_t least, uint64_t most, uint64_t *number)
{
	const char *end;

	*number = string_to_u64(bytes, &end, 10);
	if (end == bytes || (*end && *end != '\n'))
		return -EINVAL;
	return *number < least || *number > most ? -EINVAL : 0;
}

static int show_pid_max(struct text *text)
{
	text_printf(text, "%d\n", pid_max);
	return 0;
}

/* Numbers that are in use already stay, whatever the new bound is. */
static int store_pid_max(const char *bytes, size_t length)
{
	uint64_t number;
	int error = parse_number(bytes, 301, 4194304, &number); /* Linux's bounds */

	if (!error)
		pid_max = number;
	return error;
}

static struct proc_entry pid_max_entry = { .path = "sys/kernel/pid_max", .mode = 0644,
					   .show = show_pid_max, .store = store_pid_max };
REGISTER(proc_entry, pid_max_entry);

static int show_threads_max(struct text *text)
{
	text_printf(text, "%u\n", threads_max);
	return 0;
}

static int store_threads_max(const char *bytes, size_t length)
{
	uint64_t number;
	int error = parse_number(bytes, 1, THREADS_CEILING, &number);

	if (!error)
		threads_max = number;
	return error;
}

static struct proc_entry threads_max_entry = { .path = "sys/kernel/threads-max", .mode = 0644,
					       .show = show_threads_max,
					       .store = store_threads_max };
REGISTER(proc_entry, threads_max_entry);

static int show_pipe_max_size(struct text *text)
{
	text_printf(text, "%u\n", pipe_size_max);
	return 0;
}

static int store_pipe_max_size(const char *bytes, size_t length)
{
	uint64_t number;
	int error = parse_number(bytes, 0, 1UL << 31, &number);

	if (!error)
		pipe_size_max = pipe_size_round(number); /* what reads back is what holds */
	return error;
}

static struct proc_entry pipe_max_size = { .path = "sys/fs/pipe-max-size", .mode = 0644,
					   .show = show_pipe_max_size,
					   .store = store_pipe_max_size };
REGISTER(proc_entry, pipe_max_size);

/* 1: page cache, 2: dentries and heap, 3: both (Documentation/admin-guide/sysctl/vm.rst). */
static int store_drop_caches(const char *bytes, size_t length)
{
	uint64_t number;
	int error = parse_number(bytes, 1, 4, &number);

	if (!error && (number & 3))
		caches_drop(number);
	return error;
}

/*
 * Fault injection, as Linux's /proc/PID/fail-nth has it for one task: "5" lets the fifth allocation
 * from now of the task that writes fail, "0" ends that.  Reads: how many are still to come.
 */
static int store_fail_nth(const char *bytes, size_t length)
{
	uint64_t number;
	int error = parse_number(bytes, 0, UINT32_MAX, &number);

	if (!error)
		allocation_fail = (struct allocation_fail){ .countdown = number, .task = current };
	return error;
}

static int show_fail_nth(struct text *text)
{
	text_printf(text, "%lu\n", allocation_fail.countdown);
	return 0;
}

static struct proc_entry fail_nth = { .path = "sys/debug/fail_nth", .mode = 0600,
				      .show = show_fail_nth, .store = store_fail_nth };
REGISTER(proc_entry, fail_nth);

static int show_drop_caches(struct text *text)
{
	text_printf(text, "0\n");
	return 0;
}

static struct proc_entry drop_caches = { .path = "sys/vm/drop_caches", .mode = 0200,
					 .show = show_drop_caches, .store = store_drop_caches };
REGISTER(proc_entry, drop_caches);
