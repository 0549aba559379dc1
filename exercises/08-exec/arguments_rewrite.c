/* SPDX-License-Identifier: MIT */
/* in loader/script.c */
/*
 * arguments_rewrite - what the interpreter of a script gets as arguments: 0, -E2BIG or -ENOMEM.
 *
 * execve(2), "Interpreter scripts": `#! /bin/awk -f` in ./sum, run as `sum a b`, becomes
 *	/bin/awk -f ./sum a b
 * The old argv[0] is lost.  The script's path is program->path.  The line's argument is one string with
 * all its blanks, or there is none (argument == argument_end).
 *
 * arguments_drop_first() drops argv[0]; arguments_push() puts a string in front, piece_push() one that
 * is not ended by NUL.
 *
 * Hint: every push goes in front of the last.  So what is pushed first?
 */
static int arguments_rewrite(struct program *program, const struct script_line *line)
{
	exercise("arguments_rewrite");
}
