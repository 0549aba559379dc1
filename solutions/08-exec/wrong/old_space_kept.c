/* SPDX-License-Identifier: MIT */
/*
 * The old address space is never put.
 *
 * symptom: each exec costs the memory of a program
 * fails: segments vfork_exec generations
 * see: What is not inherited
 */
/* in loader/exec_commit.c */
static void space_swap(struct program *program)
{
	const struct credentials *own = current->credentials;

	program->space->undumpable = program->executable.unreadable || own->euid != own->uid ||
				     own->egid != own->gid;
	if (current->space)
		task_leave_space(current);
	program->space->executable = program->executable.file;
	current->space = program->space;
	address_space_activate(program->space);
}
