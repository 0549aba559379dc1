/* SPDX-License-Identifier: MIT */
/*
 * script.c - files that begin with `#!`: the rest of the first line names an interpreter and at
 * most one argument for it (execve(2), "Interpreter scripts").
 *
 * `#! /bin/awk -f` in ./sum, run as `sum a b`, becomes `/bin/awk -f ./sum a b`.  The line must lie
 * within the first 256 bytes.  The interpreter may be a script itself.
 *
 * Errors: ENOEXEC when it is no script (or its first line is too long to be trusted), ENOENT for a
 * script that its interpreter could not open again, ELOOP for too many levels (exec.c), and what
 * opening the interpreter gives. Set-user-ID bits of the *script* are ignored: those of the
 * interpreter count, because only that is really executed.
 */
#include "abi/errno.h"
#include "abi/fcntl.h"
#include "lib/registry.h"
#include "lib/string.h"
#include "loader/program.h"
#include "memory/heap.h"

/* The pieces of the line: [start, end) each; an empty argument is none. */
struct script_line {
	const char *name, *name_end, *argument, *argument_end;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static const char *blanks_skip(const char *at, const char *end)
{
	while (at < end && is_blank(*at))
		at++;
	return at;
}

static const char *word_end(const char *at, const char *end)
{
	while (at < end && !is_blank(*at) && *at != '\0')
		at++;
	return at;
}

/* The line's end; NULL: it is not within the head, and then the name might be cut off. */
static const char *line_end(const char *head)
{
	const char *last = head + PROGRAM_HEAD - 1, *name;
	const char *newline = memchr(head, '\n', PROGRAM_HEAD);

	if (newline)
		return newline;
	name = blanks_skip(head + 2, last);
	return word_end(name, last) < last ? last : NULL;
}

/* false: no name, or one that may go on behind the head. */
static bool line_parse(const char *head, struct script_line *line)
{
	const char *end = line_end(head);

	if (!end)
		return false;
	while (end > head + 2 && is_blank(end[-1]))
		end--;
	line->name = blanks_skip(head + 2, end);
	line->name_end = word_end(line->name, end);
	line->argument = blanks_skip(line->name_end, end);
	line->argument_end = memchr(line->argument, '\0', (size_t)(end - line->argument));
	if (!line->argument_end)
		line->argument_end = end;
	return line->name_end > line->name || *line->name == '\0'; /* empty: cut off by the end */
}

/* With a NUL of its own; NULL: no memory. */
static char *piece_copy(const char *from, const char *end)
{
	size_t length = (size_t)(end - from);
	char *copy = kmalloc(length + 1);

	if (copy) {
		memcpy(copy, from, length);
		copy[length] = '\0';
	}
	return copy;
}

static int piece_push(struct program *program, const char *from, const char *end)
{
	char *piece = piece_copy(from, end);
	int error = piece ? arguments_push(program, piece) : -ENOMEM;

	kfree(piece);
	return error;
}

/* argv[0] goes; the script's own path, the argument and the interpreter come in front. */
static int arguments_rewrite(struct program *program, const struct script_line *line)
{
	int error;

	assert(program->argc > 0); /* arguments_copy() gave every program an argv[0] */
	arguments_drop_first(program);
	error = arguments_push(program, program->path);
	if (!error && line->argument < line->argument_end)
		error = piece_push(program, line->argument, line->argument_end);
	if (!error)
		error = piece_push(program, line->name, line->name_end);
	return error;
}

/* PROGRAM_AGAIN: program->executable is the interpreter now, and the formats are asked again. */
static int script_load(struct program *program)
{
	const char *head = (const char *)program->head;
	struct executable interpreter;
	struct script_line line;
	char *path;
	int error;

	if (head[0] != '#' || head[1] != '!' || !line_parse(head, &line))
		return -ENOEXEC;
	if (line.name == line.name_end)
		return -EACCES; /* as Linux, for which "" is a directory */
	if (program->executable.unreachable)
		return -ENOENT;
	error = arguments_rewrite(program, &line);
	if (error)
		return error;
	path = piece_copy(line.name, line.name_end);
	if (!path)
		return -ENOMEM;
	error = executable_open(AT_FDCWD, path, 0, &interpreter);
	if (error) {
		kfree(path);
		return error;
	}
	/* The script's own denial of writing ends here: its interpreter will open it like any
	 * file. */
	executable_close(&program->executable);
	program->executable = interpreter;
	kfree(program->interpreter_path);
	program->path = program->interpreter_path = path;
	return PROGRAM_AGAIN;
}

static struct executable_format script_format = { .name = "script", .load = script_load };
REGISTER(executable_format, script_format);
