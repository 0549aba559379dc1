/* SPDX-License-Identifier: MIT */
/* in memory/fault.c */
/*
 * page_fault - the processor refused an access to `address`.  true: dealt with - the page is there now,
 * or the program has its signal; false: a bug of the kernel, which the caller reports.
 *
 * registers->error is the processor's error code (SDM vol. 3, 4.7).  ERROR_RESERVED: a page table is
 * damaged, never the program's doing.  A fault in kernel mode: kernel_fault() decides.  is_vsyscall()
 * and task_vsyscall(): a call into the old page of system calls is answered, and that is all.
 * Every other fault of a program is counted (task_count_fault(false)).
 *
 * Below USER_END, fault_of_task() tries to make the page accessible; access_of() says for what.  Above,
 * no area can be: NO_AREA; and ERROR_PRESENT is set, whatever the tables say, so that no program
 * learns from the error code what the kernel has mapped.  An error that is left is fault_signal()'s.
 *
 * Hint 1: whose fault is it?  Who decides that: the address, or the saved CS?
 * Parsons: put in order - return true / if (error) fault_signal(...) / if (is_vsyscall(...) && ...) /
 *	if (registers->error & ERROR_RESERVED) / task_count_fault(false) / if (address < USER_END) ... else ... /
 *	if (!registers_from_user(registers))
 */
bool page_fault(struct registers *registers, user_address address)
{
	exercise("page_fault");
}
