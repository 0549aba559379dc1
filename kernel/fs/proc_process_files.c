/* SPDX-License-Identifier: MIT */
/*
 * proc_process_files.c - the small files below /proc/PID (proc(5)): its name, its arguments and
 * environment, the auxiliary vector, who goes when memory runs out, and those whose answer here is
 * always the same.
 *
 * Arguments and environment are not kept by the kernel: they lie on the process's stack, where
 * exec put them, and the process may have changed them since (that is how programs change what ps
 * shows).  So they are copied from its memory, with the space counted, because the copy may sleep.
 *
 * A process that has no space any more, a zombie or a kernel task, has empty files.
 */
#include "fs/procfs.h"

#include "abi/errno.h"
#include "lib/string.h"
#include "memory/address_space.h"
#include "task/credentials.h"

int proc_show_comm(struct process *process, struct text *text)
{
	text_printf(text, "%s\n", process->leader->name);
	return 0;
}

/* A name given by the process itself (PR_SET_NAME says the same of a thread). */
int proc_store_comm(struct process *process, const char *bytes, size_t length)
{
	if (process != current_process())
		return -EINVAL;
	string_copy(process->leader->name, bytes, sizeof(process->leader->name));
	return 0;
}

/* Bytes [at, end) of the process's memory, as far as they are there. */
static void show_memory(struct address_space *space, struct text *text, user_address at,
			user_address end)
{
	char buffer[256];

	while (at < end && !text->error) {
		size_t moved = space_copy(space, at, buffer, min(end - at, sizeof(buffer)), false);

		if (!moved)
			break;
		text_append(text, buffer, moved);
		at += moved;
	}
}

/*
 * The arguments; or, when the process has written over their last NUL, one title from their start
 * on, through the environment if need be (setproctitle(3)), of at most a page.
 */
static void show_arguments(struct address_space *space, struct text *text)
{
	user_address start = space->argument_start, end = space->argument_end;
	char last = '\0';
	size_t length;

	if (end > start)
		space_copy(space, end - 1, &last, 1, false);
	show_memory(space, text, start, last ? start + PAGE_SIZE : end);
	if (!last || text->error)
		return;
	length = strnlen(text->bytes, text->length);
	text->length = min(length + 1, text->length);
}

int proc_show_cmdline(struct process *process, struct text *text)
{
	struct address_space *space = process->leader->space;

	if (!space)
		return 0;
	address_space_get(space);
	show_arguments(space, text);
	address_space_put(space);
	return 0;
}

/* What exec put there: a variable that was set later lies elsewhere in the program's memory. */
int proc_show_environ(struct process *process, struct text *text)
{
	struct address_space *space = process->leader->space;

	if (!space)
		return 0;
	address_space_get(space);
	show_memory(space, text, space->environment_start, space->environment_end);
	address_space_put(space);
	return 0;
}

/* Pairs, up to and with the one that begins with AT_NULL (getauxval(3)); kept by the space, since
 * the program may have written over those on its stack. */
int proc_show_auxv(struct process *process, struct text *text)
{
	struct address_space *space = process->leader->space;
	size_t used = 0;

	if (!space)
		return 0;
	while (used < array_size(space->auxv) - 2 && space->auxv[used])
		used += 2;
	text_append(text, (const char *)space->auxv, (used + 2) * sizeof(space->auxv[0]));
	return 0;
}

int proc_show_oom_score(struct process *process, struct text *text)
{
	text_printf(text, "%lu\n", oom_score(process));
	return 0;
}

int proc_show_oom_score_adj(struct process *process, struct text *text)
{
	text_printf(text, "%d\n", process->oom_score_adj);
	return 0;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* A small number in any base, after blanks; `end` is `text` when there is none. */
static int parse_signed(const char *text, const char **end)
{
	const char *at = text, *digits;
	uint64_t number;

	while (is_space(*at))
		at++;
	digits = at + (*at == '-' || *at == '+');
	number = min(string_to_u64(digits, end, 0), 9999UL);
	if (*end == digits)
		*end = text;
	return *at == '-' ? -(int)number : (int)number;
}

/* Up is free; down goes as far as somebody with CAP_SYS_RESOURCE has said last (proc(5)). */
int proc_store_oom_score_adj(struct process *process, const char *bytes, size_t length)
{
	const char *end;
	int value = parse_signed(bytes, &end);

	while (is_space(*end))
		end++;
	if (end == bytes || *end)
		return -EINVAL;
	if (value < OOM_SCORE_ADJ_MIN || value > OOM_SCORE_ADJ_MAX)
		return -EINVAL;
	if (value < process->oom_score_adj_min && !capable(CAP_SYS_RESOURCE))
		return -EACCES;
	process->oom_score_adj = value;
	if (capable(CAP_SYS_RESOURCE))
		process->oom_score_adj_min = value;
	return 0;
}

/* There are no control groups: everything is in the root of an empty hierarchy (cgroups(7)). */
int proc_show_cgroup(struct process *process, struct text *text)
{
	text_printf(text, "0::/\n");
	return 0;
}

/* Nothing is counted, but the lines are there for who parses them. */
int proc_show_io(struct process *process, struct text *text)
{
	text_printf(text, "rchar: 0\nwchar: 0\nsyscr: 0\nsyscw: 0\nread_bytes: 0\n"
			  "write_bytes: 0\ncancelled_write_bytes: 0\n");
	return 0;
}
