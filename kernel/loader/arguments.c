/* SPDX-License-Identifier: MIT */
/*
 * arguments.c - the strings of argv and envp, copied straight into the new stack.
 *
 * Limits (execve(2)): one string is at most 128 KiB with its NUL; all strings and their pointers
 * together at most a quarter of the stack's limit (at least 128 KiB, at most 6 MiB): beyond, E2BIG.
 *
 * The caller's memory may change under us (threads, shared maps): a string's length is measured
 * once, and what is copied later ends there, whatever it has become.
 *
 * Order (execve(2)): both lists are counted, then the limits are set, then strings are copied, so
 * E2BIG for too many pointers comes before EFAULT in a string. The name goes in first and so lies
 * highest.
 *
 * Nothing here is locked: the new space is nobody's yet, and the old one is read by user copies.
 */
#include "abi/errno.h"
#include "abi/limits.h"
#include "lib/string.h"
#include "loader/program.h"
#include "memory/heap.h"
#include "memory/user_copy.h"
#include "task/process.h"

#define TOTAL_MIN     (128UL << 10)
#define TOTAL_MAX     (6UL << 20)
#define SCRATCH	      4096
#define STRINGS_EXTRA (3 * (PROGRAM_NESTING_MAX + 1)) /* what scripts may put in front */

/* A pointer of the list, from the kernel's own or from user memory; it is read anew each time, and
 * may have changed. */
static int list_get(struct string_list list, uint64_t index, user_address *string)
{
	if (list.kernel) {
		*string = (user_address)list.kernel[index];
		return 0;
	}
	return user_get(string, list.user + index * sizeof(*string), sizeof(*string));
}

/* Strings in a NULL-terminated list; a NULL list is an empty one. */
static int list_count(struct string_list list, uint32_t *count)
{
	user_address string;

	*count = 0;
	if (!list.user && !list.kernel)
		return 0;
	for (;;) {
		int error = list_get(list, *count, &string);

		if (error || !string)
			return error;
		if (++*count > TOTAL_MAX / sizeof(string))
			return -E2BIG; /* the pointers alone pass the limit */
	}
}

/* execve(2), "Limits on size of arguments and environment". program->floor: strings may come down
 * to there; the pointers are taken off beforehand. */
static int limits_set(struct program *program)
{
	uint64_t total = min(task_limit(RLIMIT_STACK) / 4, TOTAL_MAX);
	uint64_t strings = (uint64_t)max(program->argc, 1U) + program->envc;
	uint64_t pointers = strings * sizeof(user_address);

	total = max(total, TOTAL_MIN);
	if (total <= pointers)
		return -E2BIG;
	program->floor = program->stack_top - (total - pointers);
	return 0;
}

/* Makes room for `bytes` below the last string. */
static int room_take(struct program *program, size_t bytes)
{
	if (program->at - program->floor < bytes)
		return -E2BIG;
	assert(program->at > program->floor && program->at <= program->stack_top);
	program->at -= bytes;
	return 0;
}

/* Page by page, by way of the direct map: the space is not loaded. */
static int bytes_store(struct program *program, user_address at, const char *from, size_t bytes)
{
	while (bytes) {
		size_t now = min(bytes, PAGE_SIZE - at % PAGE_SIZE);
		char *to = user_stack_window(program, at);

		if (!to)
			return -ENOMEM;
		memcpy(to, from, now);
		at += now;
		from += now;
		bytes -= now;
	}
	return 0;
}

/* A string that is at hand, `bytes` with its NUL, put below the others. */
static int string_store(struct program *program, const char *text, size_t bytes)
{
	int error = room_take(program, bytes);

	return error ? error : bytes_store(program, program->at, text, bytes);
}

/* Bytes of a user string with its NUL, when they do not fit into the scratch page. */
static long long_string_bytes(user_address from, char *scratch)
{
	uint64_t skipped = 0;

	while (skipped < ARG_STRING_MAX) {
		long length = user_read_string(scratch, from + skipped, SCRATCH);

		if (length >= 0)
			return skipped + (uint64_t)length < ARG_STRING_MAX ?
				       (long)skipped + length + 1 : -E2BIG;
		if (length != -ENAMETOOLONG)
			return length;
		skipped += SCRATCH;
	}
	return -E2BIG;
}

static int long_string_store(struct program *program, user_address from, char *scratch)
{
	long bytes = long_string_bytes(from, scratch);
	int error = bytes < 0 ? (int)bytes : room_take(program, (size_t)bytes);

	for (uint64_t done = 0; !error && done < (uint64_t)bytes; done += SCRATCH) {
		size_t now = min((uint64_t)bytes - done, (uint64_t)SCRATCH);

		error = user_get(scratch, from + done, now);
		if (done + now == (uint64_t)bytes)
			scratch[now - 1] = '\0'; /* it may have changed meanwhile */
		if (!error)
			error = bytes_store(program, program->at + done, scratch, now);
	}
	return error;
}

static int user_string_store(struct program *program, user_address from, char *scratch)
{
	long length = user_read_string(scratch, from, SCRATCH);

	if (length == -ENAMETOOLONG)
		return long_string_store(program, from, scratch);
	if (length < 0)
		return (int)length;
	return string_store(program, scratch, (size_t)length + 1);
}

/* All strings of a list, the last one first; strings[index] ... get their places. */
static int list_copy(struct program *program, struct string_list list, uint32_t count,
		     uint32_t index, char *scratch)
{
	user_address from;
	int error = 0;

	while (count-- && !error) {
		error = list_get(list, count, &from);
		if (error)
			return error;
		if (list.kernel)
			error = string_store(program, list.kernel[count],
					     strlen(list.kernel[count]) + 1);
		else
			error = user_string_store(program, from, scratch);
		assert(index + count < program->strings_size);
		program->strings[index + count] = program->at;
	}
	return error;
}

/* Room in front for what scripts push, and one word at the end for where all lists end. */
static int strings_alloc(struct program *program)
{
	program->first = STRINGS_EXTRA;
	program->strings_size = STRINGS_EXTRA + program->argc + program->envc + 1;
	program->strings = kmalloc(program->strings_size * sizeof(*program->strings));
	return program->strings ? 0 : -ENOMEM;
}

static int lists_copy(struct program *program, struct string_list argv, struct string_list envp)
{
	char *scratch = kmalloc(SCRATCH);
	int error = scratch ? 0 : -ENOMEM;

	if (!error)
		error = string_store(program, program->name, strlen(program->name) + 1);
	program->name_at = program->at;
	program->strings[program->strings_size - 1] = program->at; /* where all lists end */
	if (!error)
		error = list_copy(program, envp, program->envc, program->first + program->argc,
				  scratch);
	if (!error)
		error = list_copy(program, argv, program->argc, program->first, scratch);
	kfree(scratch);
	return error;
}

int arguments_copy(struct program *program, struct string_list argv, struct string_list envp)
{
	int error = list_count(argv, &program->argc);

	if (!error)
		error = list_count(envp, &program->envc);
	if (!error)
		error = limits_set(program);
	if (!error)
		error = strings_alloc(program);
	program->at -= sizeof(user_address); /* the highest word stays empty, as on Linux */
	if (!error)
		error = lists_copy(program, argv, envp);
	if (!error && program->argc == 0) /* programs rely on argv[0] */
		error = arguments_push(program, "");
	return error;
}

/* Its bytes go as well: it lies lowest, and `at` moves up over it. */
void arguments_drop_first(struct program *program)
{
	assert(program->argc > 0);
	program->first++;
	program->argc--;
	program->at = program->strings[program->first]; /* argv or envp goes on there */
}

int arguments_push(struct program *program, const char *text)
{
	int error = string_store(program, text, strlen(text) + 1);

	assert(program->first > 0);
	if (error)
		return error;
	/* The room in front of the array is what scripts may push (STRINGS_EXTRA). */
	program->strings[--program->first] = program->at;
	program->argc++;
	return 0;
}
