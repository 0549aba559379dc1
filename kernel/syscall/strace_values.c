/* SPDX-License-Identifier: MIT */
/*
 * strace_values.c - one argument as text: numbers by their kind, strings and structs read from the
 * program's memory.  What cannot be read is shown as the address that it claims to have.
 *
 * A program may change its memory between the call and its line: what is shown is what lies there
 * when the line is made, and never more than a few dozen bytes. Unreadable memory is no error
 * here.
 */
#include "abi/fcntl.h"
#include "abi/syscall_types.h"
#include "lib/assert.h"
#include "lib/printf.h"
#include "lib/string.h"
#include "memory/user_copy.h"
#include "syscall/names.h"
#include "syscall/strace.h"

#define STRING_SHOWN 32 /* bytes of a string; strace(1)'s default */
#define OBJECTS_SHOWN 4
#define OBJECT_MAX 144 /* bytes of the largest struct that is decoded */

/* C's escapes, but only the frequent ones: strace(1) also has \r, \v and \f.  Octal has no leading
 * zeros, so "\1" before a digit is ambiguous; this is for reading, not for parsing. */
static void add_byte(struct strace_line *line, uint8_t byte)
{
	if (byte == '\n')
		strace_add(line, "\\n");
	else if (byte == '\t')
		strace_add(line, "\\t");
	else if (byte == '"' || byte == '\\')
		strace_add(line, "\\%c", byte);
	else if (byte >= ' ' && byte < 0x7f)
		strace_add(line, "%c", byte);
	else
		strace_add(line, "\\%o", byte);
}

/* `length` bytes at `from`, in quotes; dots when that is more than is shown. */
static void add_bytes(struct strace_line *line, user_address from, uint64_t length)
{
	uint8_t bytes[STRING_SHOWN];
	size_t shown = user_read(bytes, from, min(length, (uint64_t)STRING_SHOWN));

	if (length && !shown) {
		strace_add(line, "%#lx", from);
		return;
	}
	strace_add(line, "\"");
	for (size_t i = 0; i < shown; i++)
		add_byte(line, bytes[i]);
	strace_add(line, "\"%s", shown < length ? "..." : "");
}

/* Readable to its end or for as long as is shown: a string.  Else it is an address like any
 * other. */
static void add_string(struct strace_line *line, user_address from)
{
	char text[STRING_SHOWN + 1] = "";
	size_t readable = user_read(text, from, sizeof(text));
	size_t length = strnlen(text, readable);

	if (!from)
		strace_add(line, "NULL");
	else if (length == readable && readable < sizeof(text))
		strace_add(line, "%#lx", from);
	else
		add_bytes(line, from, length);
}

/* argv and envp: the first few strings, and dots. A list that cannot be read is shown as its
 * address. */
static void add_strings(struct strace_line *line, user_address from)
{
	user_address each;
	unsigned shown = 0;

	if (user_get(&each, from, sizeof(each))) {
		strace_add(line, "%#lx", from);
		return;
	}
	strace_add(line, "[");
	while (each && shown < OBJECTS_SHOWN) {
		strace_add(line, "%s", shown ? ", " : "");
		add_string(line, each);
		if (user_get(&each, from + ++shown * sizeof(each), sizeof(each)))
			break;
	}
	strace_add(line, "%s]", each ? ", ..." : "");
}

/* ---- objects: what is worth reading in each type ---- */

/* A timeval too: both are two signed 64-bit numbers. */
static void show_timespec(struct strace_line *line, const void *object)
{
	const struct timespec *time = object;

	strace_add(line, "{%ld, %ld}", time->tv_sec, time->tv_nsec);
}

static void show_int(struct strace_line *line, const void *object)
{
	strace_add(line, "[%d]", *(const int32_t *)object);
}

static void show_long(struct strace_line *line, const void *object)
{
	strace_add(line, "[%ld]", *(const int64_t *)object);
}

static void show_pair(struct strace_line *line, const void *object)
{
	const int32_t *pair = object;

	strace_add(line, "[%d, %d]", pair[0], pair[1]);
}

static void show_sigset(struct strace_line *line, const void *object)
{
	strace_add(line, "[%#lx]", *(const uint64_t *)object);
}

static void show_iovec(struct strace_line *line, const void *object)
{
	const struct iovec *vector = object;

	strace_add(line, "{");
	add_bytes(line, vector->iov_base, vector->iov_len);
	strace_add(line, ", %lu}", vector->iov_len);
}

/* What was asked for and what was answered; before the call the latter is whatever lay there. */
static void show_pollfd(struct strace_line *line, const void *object)
{
	const struct pollfd *poll = object;

	strace_add(line, "{%d, %#x -> %#x}", poll->fd, poll->events, poll->revents);
}

static void show_action(struct strace_line *line, const void *object)
{
	const struct kernel_sigaction *action = object;

	strace_add(line, "{%#lx, flags=%#lx, mask=%#lx}", action->sa_handler, action->sa_flags,
		   action->sa_mask);
}

static void show_stat(struct strace_line *line, const void *object)
{
	const struct stat *status = object;

	strace_add(line, "{mode=%#o, size=%ld}", status->st_mode, status->st_size);
}

static void show_rlimit(struct strace_line *line, const void *object)
{
	const struct rlimit *limit = object;

	strace_add(line, "{%ld, %ld}", (long)limit->rlim_cur, (long)limit->rlim_max);
}

static const struct shown_type {
	const char *type;
	void (*show)(struct strace_line *line, const void *object);
} shown_types[] = {
	{ "struct timespec", show_timespec }, { "struct timeval", show_timespec },
	{ "int32", show_int },		      { "uint32", show_int },
	{ "int64", show_long },		      { "uint64", show_long },
	{ "int32_pair", show_pair },	      { "sigset", show_sigset },
	{ "struct iovec", show_iovec },	      { "struct pollfd", show_pollfd },
	{ "struct stat", show_stat },	      { "struct kernel_sigaction", show_action },
	{ "struct rlimit", show_rlimit },
};

/* By the name that abi/syscalls.def gives the type: a handful, and the log is slow anyway. */
static const struct shown_type *shown_type_find(const char *type)
{
	for (size_t i = 0; i < array_size(shown_types); i++) {
		if (strcmp(shown_types[i].type, type) == 0)
			return &shown_types[i];
	}
	return NULL;
}

/* The value of the argument that says how many there are; 1 when none does. */
static uint64_t object_count(const struct strace_line *line, const struct argument *object)
{
	for (unsigned i = 0; object->count && i < SYSCALL_ARGUMENTS; i++) {
		const struct argument *each = &line->call->arguments[i];

		if (each->kind != ARGUMENT_NONE && strcmp(each->name, object->count) == 0)
			return each->wide ? line->entry[1 + i] : (uint32_t)line->entry[1 + i];
	}
	return 1;
}

/* One object as such, several in brackets. What has no function here, or cannot be read, is an
 * address. */
static void add_objects(struct strace_line *line, const struct argument *object,
			user_address from, uint64_t count)
{
	const struct shown_type *type = shown_type_find(object->type);
	uint8_t bytes[OBJECT_MAX] aligned(8);
	uint64_t i;

	assert(object->kind == ARGUMENT_OBJECT);
	if (!type || object->bytes > sizeof(bytes) || user_get(bytes, from, object->bytes)) {
		strace_add(line, "%#lx", from);
		return;
	}
	strace_add(line, "%s", object->count ? "[" : "");
	for (i = 0; i < min(count, (uint64_t)OBJECTS_SHOWN); i++) {
		if (user_get(bytes, from + i * object->bytes, object->bytes))
			break;
		strace_add(line, "%s", i ? ", " : "");
		type->show(line, bytes);
	}
	strace_add(line, "%s%s", i < count ? ", ..." : "", object->count ? "]" : "");
}

/* When the call failed what it should have written is not shown: it holds old bytes. */
static void add_object(struct strace_line *line, const struct argument *object,
		       user_address from, long result)
{
	uint64_t count = object_count(line, object);

	if (!from)
		strace_add(line, "NULL");
	else if (object->way == WAY_OUT && result < 0)
		strace_add(line, "%#lx", from);
	else if (object->type)
		add_objects(line, object, from, count);
	else
		add_bytes(line, from,
			  object->way == WAY_OUT ? min(count, (uint64_t)result) : count);
}

static void add_named(struct strace_line *line, const struct argument_names *names, uint64_t value)
{
	char text[128];

	names_format(text, sizeof(text), names, value);
	strace_add(line, "%s", text);
}

/* Real-time signals and nonsense have no names. */
static void add_signal(struct strace_line *line, int signal)
{
	const char *name = signal_name(signal);

	if (name)
		strace_add(line, "%s", name);
	else
		strace_add(line, "%d", signal);
}

/* A 32-bit argument is the lower half of its register; what the program left above it is not part
 * of the call. */
void strace_add_argument(struct strace_line *line, unsigned index, long result)
{
	const struct argument *argument = &line->call->arguments[index];
	uint64_t value = line->entry[1 + index];

	assert(index < SYSCALL_ARGUMENTS);
	if (!argument->wide)
		value = (uint32_t)value;
	switch ((enum argument_kind)argument->kind) {
	case ARGUMENT_NONE:
		return;
	case ARGUMENT_INT:
		return strace_add(line, "%d", (int)value);
	case ARGUMENT_LONG:
		return strace_add(line, "%ld", (long)value);
	case ARGUMENT_UNSIGNED:
		return strace_add(line, "%lu", value);
	case ARGUMENT_HEX:
		return strace_add(line, "%#lx", value);
	case ARGUMENT_MODE:
		return strace_add(line, "%#o", (unsigned)value);
	case ARGUMENT_DIRECTORY:
		if ((int)value == AT_FDCWD)
			return strace_add(line, "AT_FDCWD");
		return strace_add(line, "%d", (int)value);
	case ARGUMENT_SIGNAL:
		return add_signal(line, (int)value);
	case ARGUMENT_NAMED:
		return add_named(line, argument->names, value);
	case ARGUMENT_STRING:
		return add_string(line, value);
	case ARGUMENT_STRINGS:
		return add_strings(line, value);
	case ARGUMENT_OBJECT:
		return add_object(line, argument, value, result);
	}
}
