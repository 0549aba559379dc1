/* SPDX-License-Identifier: MIT */
/*
 * The processor's error code goes to the program as it is.
 *
 * symptom: a program that catches its faults learns which of the kernel's addresses are mapped
 * fails: kernel_hole
 * see: A page fault of a program
 */
/* in memory/fault.c */
bool page_fault(struct registers *registers, user_address address)
{
	int error = NO_AREA;

	if (registers->error & ERROR_RESERVED)
		return false;
	if (!registers_from_user(registers))
		return kernel_fault(registers, address);
	if (is_vsyscall(registers, address) && task_vsyscall(registers))
		return true;
	task_count_fault(false);
	if (address < USER_END)
		error = fault_of_task(address, access_of(registers->error));
	if (error)
		fault_signal(registers, address, error);
	return true;
}
