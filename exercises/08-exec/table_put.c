/* SPDX-License-Identifier: MIT */
/* in loader/user_stack.c */
/*
 * table_put - argc, the pointers and the auxiliary vector below the strings: the first stack.
 *
 * System V ABI, AMD64 supplement, 3.4.1, figure 3.9, from the stack pointer up, in words of 8 bytes:
 *	argc / argc pointers / 0 / envc pointers / 0 / the vector's pairs (its last is AT_NULL)
 * The stack pointer is a multiple of 16 - whatever argc and envc are.  What the alignment costs lies
 * between the table and the strings, never inside the table.
 *
 * program->strings[first] ... are argc pointers to arguments, behind them envc of the environment.
 * program->at is the lowest byte in use; it goes down to the table, and program->stack_pointer is the
 * same address.  put_word() and put_bytes() of a struct writer write upwards from writer.at and keep
 * the first error in writer.error: return it.
 *
 * Hint 1: count the words first; the vector's pairs are two words each.
 * Hint 2: subtract, then round down.  Not the other way round: which parities would be wrong?
 * Parsons: put in order - put_word(&writer, 0) / put_bytes(&writer, strings, ...) / put_word(&writer,
 *	program->argc) / put_bytes(&writer, vector->entries, ...) / put_word(&writer, 0) /
 *	writer.at = program->stack_pointer = program->at / put_bytes(&writer, strings + program->argc, ...) /
 *	program->at = round_down(...)
 */
static int table_put(struct program *program, const struct vector *vector)
{
	exercise("table_put");
}
