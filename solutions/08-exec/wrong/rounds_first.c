/* SPDX-License-Identifier: MIT */
/*
 * The address is rounded before the words are taken off.
 *
 * symptom: every second program cannot be started: the kernel stops in registers_set(), and without that
 *	assertion the program would die at a movaps
 * fails: first_stack arguments chance generations
 * see: The first stack
 */
/* in loader/user_stack.c */
static int table_put(struct program *program, const struct vector *vector)
{
	uint64_t words = 1 + program->argc + 1 + program->envc + 1 + 2 * vector->count;
	user_address *strings = program->strings + program->first;
	struct writer writer = { .program = program };

	program->at = round_down(program->at, 16UL) - words * sizeof(uint64_t);
	writer.at = program->stack_pointer = program->at;
	put_word(&writer, program->argc);
	put_bytes(&writer, strings, program->argc * sizeof(*strings));
	put_word(&writer, 0);
	put_bytes(&writer, strings + program->argc, program->envc * sizeof(*strings));
	put_word(&writer, 0);
	put_bytes(&writer, vector->entries, vector->count * sizeof(*vector->entries));
	return writer.error;
}
