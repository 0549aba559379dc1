/* SPDX-License-Identifier: MIT */
/*
 * AT_RANDOM gives every program the same 16 bytes.
 *
 * symptom: stack canaries are the same in all programs
 * fails: chance
 * see: The auxiliary vector
 */
/* in loader/user_stack.c */
static int identity_put(struct program *program, user_address *platform, user_address *random)
{
	uint8_t bytes[16] = { 4, 8, 15, 16, 23, 42 };
	struct writer writer = { .program = program };

	if (program->randomise)
		program->at -= random_below(GAP_MAX);
	program->at = round_down(program->at, 16UL);
	program->at -= sizeof(PLATFORM);
	*platform = writer.at = program->at;
	put_bytes(&writer, PLATFORM, sizeof(PLATFORM));
	program->at -= sizeof(bytes);
	*random = writer.at = program->at;
	put_bytes(&writer, bytes, sizeof(bytes));
	return writer.error;
}
