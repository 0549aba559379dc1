/* SPDX-License-Identifier: MIT */
/*
 * The interpreter gets the old argv[0] as well.
 *
 * symptom: a script finds its own name as its first argument
 * fails: scripts
 * see: Scripts
 */
/* in loader/script.c */
static int arguments_rewrite(struct program *program, const struct script_line *line)
{
	int error = arguments_push(program, program->path);

	if (!error && line->argument < line->argument_end)
		error = piece_push(program, line->argument, line->argument_end);
	if (!error)
		error = piece_push(program, line->name, line->name_end);
	return error;
}
