/* SPDX-License-Identifier: MIT */
/*
 * bad_pointer.c - every pointer argument of every system call, each with pointers that lead nowhere.
 *
 * The calls and the kinds of their arguments come from kernel/abi/syscalls.def.  For each argument
 * that is a pointer the call is made six times, all other arguments being as good as they can be:
 * with NULL, an address of the kernel, one that no address can be, an unmapped one, one that can
 * only be read, and one whose last bytes lie in an unmapped page.  Each time in a child of its own,
 * so that nothing survives; an alarm ends what waits.
 *
 * A line says what came of the six: an error, `ok`, the number of bytes moved, or the signal.
 *
 * What a call only writes is tried again where its memory ends after one byte, in the middle, and
 * before the last one: NAME.ARGUMENT.part says what came of it and which of the bytes that there are
 * were written.
 */
#include "test.h"

#include "abi/errno.h"
#include "abi/fcntl.h"
#include "abi/ioctl.h"
#include "abi/mman.h"
#include "abi/syscall_types.h"
#include "abi/wait.h"

#define FILE_NAME "/tmp/bad-pointer"
#define LINK_NAME "/tmp/bad-pointer-link"
#define OBJECT 4096 /* bytes of a good buffer */
#define UNFINISHED (-100000)

enum kind { END, NUMBER, DESCRIPTOR, DIRECTORY, TEXT, STRING_LIST, MEMORY, BYTES };

struct argument {
	enum kind kind;
	const char *name;
	size_t bytes; /* MEMORY: of one object */
	bool out;     /* only written */
};

struct call {
	long number;
	const char *name;
	struct argument arguments[6];
};

#define NONE		     { END, 0, 0, false }
#define FD(n)		     { DESCRIPTOR, #n, 0, false }
#define DIRFD(n)	     { DIRECTORY, #n, 0, false }
#define INT(n)		     { NUMBER, #n, 0, false }
#define UINT(n)		     { NUMBER, #n, 0, false }
#define LONG(n)		     { NUMBER, #n, 0, false }
#define ULONG(n)	     { NUMBER, #n, 0, false }
#define HEX(n)		     { NUMBER, #n, 0, false }
#define SIZE(n)		     { NUMBER, #n, 0, false }
#define OFFSET(n)	     { NUMBER, #n, 0, false }
#define MODE(n)		     { NUMBER, #n, 0, false }
#define ID(n)		     { NUMBER, #n, 0, false }
#define PID(n)		     { NUMBER, #n, 0, false }
#define SIGNAL(n)	     { NUMBER, #n, 0, false }
#define FLAGS(n, set)	     { NUMBER, #n, 0, false }
#define LFLAGS(n, set)	     { NUMBER, #n, 0, false }
#define CHOICE(n, set)	     { NUMBER, #n, 0, false }
#define REQUEST(n)	     { NUMBER, #n, 0, false }
#define ADDRESS(n)	     { NUMBER, #n, 0, false }
#define PATH(n)		     { TEXT, #n, 1, false }
#define STRING(n)	     { TEXT, #n, 1, false }
#define STRINGS(n)	     { STRING_LIST, #n, 8, false }
#define IN(n, t)	     { MEMORY, #n, sizeof(t), false }
#define OUT(n, t)	     { MEMORY, #n, sizeof(t), true }
#define INOUT(n, t)	     { MEMORY, #n, sizeof(t), false }
#define IN_BYTES(n, c)	     { BYTES, #n, 1, false }
#define OUT_BYTES(n, c)	     { BYTES, #n, 1, true }
#define IN_ARRAY(n, t, c)    { MEMORY, #n, sizeof(t), false }
#define OUT_ARRAY(n, t, c)   { MEMORY, #n, sizeof(t), true }
#define INOUT_ARRAY(n, t, c) { MEMORY, #n, sizeof(t), false }
#define POINTER(n)	     { MEMORY, #n, 8, false }

static const struct call calls[] = {
#define SYSCALL(number, name, ...) { number, #name, { __VA_ARGS__ } },
#include "abi/syscalls.def"
};

/* Left out: what would leave another process behind in the middle of this program. */
static const char *const left_out[] = { "clone", "clone3" };

/* What a number must be for the call to look at its pointers at all; 0 elsewhere. */
static const struct wish {
	const char *call, *argument;
	long value;
} wishes[] = {
	{ "*", "count", 64 },	       { "*", "size", 64 },
	{ "*", "set_size", 8 },	       { "*", "length", 32 },
	{ "readv", "count", 1 },       { "writev", "count", 1 },
	{ "preadv", "count", 1 },      { "pwritev", "count", 1 },
	{ "preadv2", "count", 1 },     { "pwritev2", "count", 1 },
	{ "poll", "count", 1 },	       { "ppoll", "count", 1 },
	{ "vmsplice", "count", 1 },    { "rt_sigaction", "signal", SIGUSR1 },
	{ "futex", "operation", 1 },   { "arch_prctl", "option", 0x1003 },
	{ "ioctl", "request", FIONBIO }, { "fcntl", "command", F_GETLK },
	{ "rt_sigqueueinfo", "signal", SIGWINCH }, { "rt_tgsigqueueinfo", "signal", SIGWINCH },
	{ "waitid", "options", WEXITED }, { "getrusage", "who", RUSAGE_SELF },
	{ "readlink", "path", (long)LINK_NAME }, { "readlinkat", "path", (long)LINK_NAME },
	{ "statx", "mask", 0x7ff },    { "symlink", "path", (long)FILE_NAME },
	{ "symlinkat", "path", (long)FILE_NAME }, { "sigaltstack", "stack", 0 },
};

#define BAD_COUNT 6 /* NULL, kernel, non-canonical, unmapped, read-only, crossing */

static char *pages; /* a page to write, one that is unmapped, one to read only */
static long *result; /* shared with the child */

/* The errors that pointers come with; others are shown as numbers. */
static const struct error {
	long number;
	const char *name;
} errors[] = {
	{ EFAULT, "EFAULT" }, { EINVAL, "EINVAL" }, { ENOENT, "ENOENT" }, { EBADF, "EBADF" },
	{ ENOTDIR, "ENOTDIR" }, { EACCES, "EACCES" }, { EPERM, "EPERM" }, { ESRCH, "ESRCH" },
	{ ECHILD, "ECHILD" }, { EEXIST, "EEXIST" }, { ENOTTY, "ENOTTY" }, { ERANGE, "ERANGE" },
	{ EAGAIN, "EAGAIN" }, { ENODEV, "ENODEV" }, { ENOSYS, "ENOSYS" }, { ESPIPE, "ESPIPE" },
	{ ENAMETOOLONG, "ENAMETOOLONG" }, { ENOTSOCK, "ENOTSOCK" }, { EINTR, "EINTR" },
	{ ENOTBLK, "ENOTBLK" }, { EXDEV, "EXDEV" },
};

static bool same(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return *a == *b;
}

static const char *error_name(long error)
{
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		if (errors[i].number == error)
			return errors[i].name;
	return text("error:%d", (int)error);
}

static long bad_pointer(unsigned bad, const struct argument *argument)
{
	switch (bad) {
	case 0:
		return 0;
	case 1:
		return (long)0xffffffff80100000;
	case 2:
		return (long)0x8000000000000000;
	case 3:
		return (long)(pages + PAGE);
	case 4:
		return (long)(pages + 2 * PAGE);
	default: /* the last byte is missing; of bytes and strings, all but the first */
		return (long)(pages + PAGE - (argument->bytes > 1 ? argument->bytes - 1 : 1));
	}
}

static const struct wish *wish_find(const char *call, const char *argument)
{
	const struct wish *found = 0;

	for (size_t i = 0; i < sizeof(wishes) / sizeof(wishes[0]); i++) {
		const struct wish *wish = &wishes[i];

		if (same(wish->argument, argument) &&
		    (same(wish->call, "*") || same(wish->call, call)))
			found = wish;
	}
	return found;
}

static long good_value(const struct call *call, const struct argument *argument)
{
	static char objects[6][OBJECT];
	static int next;
	const struct wish *wish = wish_find(call->name, argument->name);

	if (wish)
		return wish->value;
	switch (argument->kind) {
	case DESCRIPTOR:
		if (same(call->name, "getdents64") || same(call->name, "getdents"))
			return sys(SYS_open, "/tmp", O_RDONLY);
		return sys(SYS_open, FILE_NAME, O_RDWR);
	case DIRECTORY:
		return AT_FDCWD;
	case TEXT:
		return (long)FILE_NAME;
	case STRING_LIST:
	case MEMORY:
	case BYTES:
		next = (next + 1) % 6;
		memset(objects[next], 0, OBJECT);
		return (long)objects[next];
	default:
		return 0;
	}
}

static bool is_pointer(const struct argument *argument)
{
	return argument->kind >= TEXT;
}

/* Results that say how much was moved are shown; others differ from run to run. */
static bool moves_bytes(const struct call *call)
{
	for (int i = 0; i < 6; i++)
		if (call->arguments[i].kind == BYTES)
			return true;
	return call->arguments[1].name && same(call->arguments[1].name, "vector");
}

/* A child to wait for. */
static void prepare_child(const struct call *call)
{
	if ((same(call->name, "wait4") || same(call->name, "waitid")) && sys(SYS_fork) == 0)
		sys(SYS_exit_group, 3);
}

static void child(const struct call *call, int index, long pointer)
{
	long a[6] = { 0 };

	for (int i = 0; i < 6 && call->arguments[i].kind != END; i++)
		a[i] = i == index ? pointer : good_value(call, &call->arguments[i]);
	prepare_child(call);
	sys(SYS_alarm, 1);
	*result = sys(call->number, a[0], a[1], a[2], a[3], a[4], a[5]);
	sys(SYS_exit_group, 0);
}

static const char *outcome(const struct call *call, int index, long pointer)
{
	int status = 0;
	long pid;

	*result = UNFINISHED;
	pid = sys(SYS_fork);
	if (pid == 0)
		child(call, index, pointer);
	while (sys(SYS_wait4, pid, &status, 0, 0) != pid)
		;
	if (*result == UNFINISHED)
		return WAIT_IS_EXIT(status) ? "ended" : text("signal:%d", WAIT_SIGNAL(status));
	if (*result < 0 && *result >= -4095)
		return error_name(-*result);
	return moves_bytes(call) ? text("%d", (int)*result) : "ok";
}

static size_t append(char *line, size_t length, const char *what)
{
	while (*what)
		line[length++] = *what++;
	line[length] = '\0';
	return length;
}

static void argument_try(const struct call *call, int index)
{
	const struct argument *argument = &call->arguments[index];
	char line[200];
	size_t length = 0;

	for (unsigned bad = 0; bad < BAD_COUNT; bad++) {
		memset(pages, 'a', PAGE); /* without an end of a string */
		length = append(line, length, bad ? " " : "");
		length = append(line, length, outcome(call, index, bad_pointer(bad, argument)));
	}
	observe_text(text("%s.%s", call->name, argument->name), line);
}

/* ---- what is written where memory ends midway ---- */

#define SHOWN_BYTES 64 /* of which each is told apart */

/* Tries the call where the first `there` bytes are memory; marks which of them it writes: what is not
 * as it was filled, with zeros or with ones. */
static const char *written(const struct call *call, int index, size_t there, bool *changed)
{
	const char *result = "";

	for (int fill = 0; fill < 2; fill++) {
		char *at = pages + PAGE - there;

		memset(at, -fill, there);
		result = outcome(call, index, (long)at);
		for (size_t i = 0; i < there; i++)
			changed[i] |= at[i] != (char)-fill;
		memset(at, 'a', there);
	}
	return result;
}

/* "EFAULT 0-3 8-11": the ranges that were written. */
static size_t append_part(char *line, size_t length, const struct call *call, int index,
			  size_t there)
{
	bool changed[PAGE + 1] = { false };

	length = append(line, length, written(call, index, there, changed));
	for (size_t i = 0, start; i < there; i++) {
		if (!changed[i])
			continue;
		for (start = i; changed[i + 1]; i++)
			;
		length = append(line, length, text(" %d-%d", (int)start, (int)i));
	}
	return length;
}

static void part_try(const struct call *call, int index)
{
	const struct argument *argument = &call->arguments[index];
	size_t bytes = argument->kind == BYTES ? SHOWN_BYTES : argument->bytes, length = 0;
	const size_t there[] = { 1, bytes / 2, bytes - 1 };
	char line[400] = "";

	for (int i = 0; i < 3; i++) {
		length = append(line, length, i ? ", " : "");
		length = append_part(line, length, call, index, there[i]);
	}
	observe_text(text("%s.%s.part", call->name, argument->name), line);
}

static bool is_left_out(const struct call *call)
{
	for (size_t i = 0; i < sizeof(left_out) / sizeof(left_out[0]); i++)
		if (same(call->name, left_out[i]))
			return true;
	return false;
}

static void prepare(void)
{
	char bytes[256];
	long fd;

	sys(SYS_mkdir, "/tmp", 0777);
	sys(SYS_unlink, LINK_NAME);
	fd = sys(SYS_open, FILE_NAME, O_CREAT | O_TRUNC | O_RDWR, 0644);
	memset(bytes, 'x', sizeof(bytes));
	observe("file", sys(SYS_write, fd, bytes, sizeof(bytes)));
	observe("link", sys(SYS_symlink, FILE_NAME, LINK_NAME));
	sys(SYS_close, fd);
	result = (long *)sys(SYS_mmap, 0, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
			     -1, 0);
	pages = map_pages(3, PROT_READ | PROT_WRITE);
	/* shared, so that what a child's call writes can be seen */
	sys(SYS_mmap, pages, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED,
	    -1, 0);
	memset(pages, 'a', PAGE);
	sys(SYS_munmap, pages + PAGE, PAGE);
	sys(SYS_mprotect, pages + 2 * PAGE, PAGE, PROT_READ);
}

TEST
{
	prepare();
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		for (int index = 0; index < 6; index++)
			if (is_pointer(&calls[i].arguments[index]) && !is_left_out(&calls[i]))
				argument_try(&calls[i], index);
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		for (int index = 0; index < 6; index++)
			if (calls[i].arguments[index].out)
				part_try(&calls[i], index);
	sys(SYS_unlink, FILE_NAME);
	sys(SYS_unlink, LINK_NAME);
	return 0;
}
