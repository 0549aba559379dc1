/* SPDX-License-Identifier: MIT */
/*
 * proc_process_files.c - the small files below /proc/PID (proc(5)): its name, its arguments and
 * environment, the auxiliary vector, and those whose answer here is always the same.
 *
 * Arguments and environment are not kept by the kernel: they lie on the process's stack, where
 * exec put them, and the process may have changed them since (that is how programs change what ps
 * shows).  So they are copied from its memory, with the space counted, because the copy may sleep.
 *
 * A process that has no space any more, a zombie or a kernel task, has empty files.
 */
#include "fs/procfs.h"

#include "memory/address_space.h"

int proc_show_comm(struct process *process, struct text *text)
{
	text_printf(text, "%s\n", process->leader->name);
	return 0;
}

/* Bytes [start, end) of the process's memory, up to a limit. */
static int show_memory(struct process *process, struct text *text, bool environment)
{
	struct address_space *space = process->leader->space;
	user_address at, end;
	char buffer[256];

	if (!space)
		return 0;
	address_space_get(space);
	at = environment ? space->environment_start : space->argument_start;
	end = environment ? space->environment_end : space->argument_end;
	while (at < end && !text->error) {
		size_t moved = space_copy(space, at, buffer, min(end - at, sizeof(buffer)), false);

		if (!moved)
			break;
		text_append(text, buffer, moved);
		at += moved;
	}
	address_space_put(space);
	return 0;
}

int proc_show_cmdline(struct process *process, struct text *text)
{
	return show_memory(process, text, false);
}

int proc_show_environ(struct process *process, struct text *text)
{
	return show_memory(process, text, true);
}

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

int proc_show_zero(struct process *process, struct text *text)
{
	text_printf(text, "0\n");
	return 0;
}

int proc_show_cgroup(struct process *process, struct text *text)
{
	text_printf(text, "0::/\n");
	return 0;
}

int proc_show_io(struct process *process, struct text *text)
{
	text_printf(text, "rchar: 0\nwchar: 0\nsyscr: 0\nsyscw: 0\nread_bytes: 0\n"
			  "write_bytes: 0\ncancelled_write_bytes: 0\n");
	return 0;
}
