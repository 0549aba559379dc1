/* SPDX-License-Identifier: MIT */
/*
 * The number is compared as an int: every negative one is small enough.
 *
 * symptom: syscall(-1) calls whatever lies before the table
 * fails: numbers
 * see: The table
 */
/* in syscall/dispatch.c */
static inline long serve(uint64_t number, uint64_t a, uint64_t b, uint64_t c, uint64_t d,
			 uint64_t e, uint64_t f)
{
	int index = (int)number;

	if (unlikely(index >= SYSCALL_COUNT || !functions[index]))
		return -ENOSYS;
	return functions[index](a, b, c, d, e, f);
}
