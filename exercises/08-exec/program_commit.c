/* SPDX-License-Identifier: MIT */
/* in loader/exec_commit.c */
/*
 * program_commit - the point of no return: the task gets the new space, and what a program does not
 * inherit is taken away.
 *
 * Check, reserve, commit: what can fail comes first, and when it fails (-ENOMEM) nothing has happened.
 * Only one thing can: credentials_for(), needed unless credentials_stay().  From
 * program->committed = true on, the only way out is 0.
 *
 * execve(2), "Effect on process attributes", each by a function or a field:
 *	memory is replaced			space_swap()
 *	rights, if new ones were made		credentials_commit()
 *	FPU, FS and GS				machine_state_reset()
 *	handlers become defaults		signal_exec(current)
 *	descriptors marked so are closed	files_close_on_exec()
 *	the task's name				name_set(program->name)
 *	what must not reach a program that gained rights	rights_gained()
 *	current_process(): exit_signal becomes SIGCHLD, has_execed true
 *
 * Hint 1: space_swap() looks at the rights of the caller, rights_gained() at those of the program.
 * Hint 2: which of these could be done before the commit and taken back?  If the answer is "none", the
 *	order of the rest is easy.
 */
int program_commit(struct program *program)
{
	exercise("program_commit");
}
