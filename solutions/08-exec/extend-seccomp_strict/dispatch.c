/* SPDX-License-Identifier: MIT */
/* in syscall/dispatch.c */
/* helpers */
void seccomp_check(uint64_t number); /* task/seccomp.c: comes back if the strict task may call it */

/* end of helpers */
/* Three tests before the call: of the task, in a line that the entry has touched, and for programs
 * that probe what there is. */
static inline long serve(uint64_t number, uint64_t a, uint64_t b, uint64_t c, uint64_t d,
			 uint64_t e, uint64_t f)
{
	if (unlikely(current->seccomp_strict))
		seccomp_check(number);
	if (unlikely(number >= SYSCALL_COUNT || !functions[number]))
		return -ENOSYS;
	return functions[number](a, b, c, d, e, f);
}
