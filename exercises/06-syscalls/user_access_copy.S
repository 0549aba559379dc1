/* SPDX-License-Identifier: MIT */
/* in arch/user_access.S */
/*
 * size_t user_access_copy(void *to, const void *from, size_t bytes) - how many bytes were NOT
 * copied.
 *
 * One of the two is user memory, in a range that the caller has checked to lie below USER_END.  It
 * may be absent, or not ours to write: then the instruction faults.  page_fault() first tries to
 * bring the page and go on; if there is none, it looks for the faulting instruction in the fix-up
 * table and goes on at the row's second address, with all registers as they were at the fault.
 *
 *	fixup .Lthe_instruction, .Lwhere_to_go_on
 *
 * Copy quads, then the rest bytewise.  If a quad faults, some of its bytes may still be readable:
 * try again by bytes from there, so that the copy ends exactly where user memory does.
 * `access_site 0xcb` before the first access opens user memory where the processor has SMAP, and
 * `access_site 0xca` closes it: also on the way out after a fault.
 *
 * Hint 1: rep movsq counts rcx down and moves rsi and rdi along, so a fault leaves them exact.
 * Hint 2: after a fault in quads, rcx quads and the odd bytes are left; how many bytes is that?
 * Hint 3: the bytes' fix-up has nothing more to try: rcx is the answer.
 * Hint 4: two instructions may fault, so there are two rows.
 */
user_access_copy:
	exercise user_access_copy
