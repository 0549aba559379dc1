/* SPDX-License-Identifier: MIT */
/*
 * A script is named after its interpreter.
 *
 * symptom: ps shows every script as sh
 * fails: scripts
 * see: Scripts
 */
/* in loader/exec_commit.c */
int program_commit(struct program *program)
{
	struct credentials *fresh = NULL;

	assert(!program->committed && program->space && program->executable.cache);
	if (!credentials_stay(program)) {
		fresh = credentials_for(program);
		if (!fresh)
			return -ENOMEM;
	}
	/* cannot fail from here */
	program->committed = true;
	space_swap(program);
	if (fresh)
		credentials_commit(fresh);
	machine_state_reset();
	signal_exec(current);
	files_close_on_exec();
	name_set(program->path);
	rights_gained(program);
	current_process()->exit_signal = SIGCHLD;
	current_process()->has_execed = true;
	return 0;
}
