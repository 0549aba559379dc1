/* SPDX-License-Identifier: MIT */
/*
 * The old program is given up before the file has been looked at.
 *
 * symptom: a shell that runs a damaged file dies of it
 * fails: malformed
 * see: The point of no return
 */
/* in loader/elf.c */
static int elf_load(struct program *program)
{
	struct elf_load *load;
	int error;

	if (memcmp(program->head, ELFMAG, SELFMAG) != 0)
		return -ENOEXEC;
	load = kzalloc(sizeof(*load));
	if (!load)
		return -ENOMEM;
	error = program_commit(program);
	if (!error)
		error = load_check(load, program);
	if (!error)
		error = load_map(load, program);
	load_end(load);
	return error;
}
