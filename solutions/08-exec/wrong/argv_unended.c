/* SPDX-License-Identifier: MIT */
/*
 * The NULL behind argv is forgotten.
 *
 * symptom: programs take their environment for arguments
 * fails: segments first_stack arguments
 * see: The first stack
 */
/* in loader/user_stack.c */
static int table_put(struct program *program, const struct vector *vector)
{
	uint64_t words = 1 + program->argc + 1 + program->envc + 1 + 2 * vector->count;
	user_address *strings = program->strings + program->first;
	struct writer writer = { .program = program };

	program->at = round_down(program->at - words * sizeof(uint64_t), 16UL);
	writer.at = program->stack_pointer = program->at;
	put_word(&writer, program->argc);
	put_bytes(&writer, strings, program->argc * sizeof(*strings));
	put_bytes(&writer, strings + program->argc, program->envc * sizeof(*strings));
	put_word(&writer, 0);
	put_bytes(&writer, vector->entries, vector->count * sizeof(*vector->entries));
	return writer.error;
}
