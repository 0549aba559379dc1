/* SPDX-License-Identifier: MIT */
/* in memory/fault.c */
/*
 * fault_signal - the program's access at `address` cannot be: Linux's signal for `error`, by task_fault().
 *
 *	-EIO		behind the end of a mapped file	SIGBUS, BUS_ADRERR
 *	-ENOMEM		no memory			SIGKILL, SI_KERNEL, address 0; and a line in the log
 *	NO_AREA		nothing is mapped there		SIGSEGV, SEGV_MAPERR
 *	else		what is there forbids it	SIGSEGV, SEGV_ACCERR
 *
 * sigaction(2), si_code.
 *
 * Hint: kprintf(LOG_ERROR, ...) writes to the log.
 */
static void fault_signal(struct registers *registers, user_address address, int error)
{
	exercise("fault_signal");
}
