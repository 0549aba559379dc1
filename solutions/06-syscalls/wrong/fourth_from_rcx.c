/* SPDX-License-Identifier: MIT */
/*
 * The fourth argument is taken from rcx, as a C function has it; but rcx is the return address.
 *
 * symptom: calls with three arguments work, mmap never does
 * fails: numbers
 * see: The contract
 */
/* in syscall/dispatch.c */
static inline long call(const struct registers *r, uint64_t *entry)
{
	uint64_t a = r->rdi, b = r->rsi, c = r->rdx, d = r->rcx, e = r->r8, f = r->r9;
	uint64_t number = (uint32_t)r->orig_rax;

	entry[0] = number;
	entry[1] = a;
	entry[2] = b;
	entry[3] = c;
	entry[4] = d;
	entry[5] = e;
	entry[6] = f;
	entry[7] = TRACE_UNFINISHED;
	if (unlikely(strace_enabled))
		return call_logged(entry);
	return serve(number, a, b, c, d, e, f);
}
