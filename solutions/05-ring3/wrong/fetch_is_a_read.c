/* SPDX-License-Identifier: MIT */
/*
 * The error code is asked for reading or writing only.
 *
 * symptom: a jump into the stack never ends: the fault finds nothing to do, again and again
 * fails: stack_code
 * see: A page fault of a program
 */
/* in memory/fault.c */
static unsigned access_of(uint32_t error)
{
	return error & ERROR_WRITE ? AREA_WRITE : AREA_READ;
}
