/* SPDX-License-Identifier: MIT */
/*
 * first_registers.c - a program's first instruction finds 0 in all general registers, flags without any
 * set but IF, and no bases of FS and GS, whatever the old program left; and the saved user ID is the
 * effective one (first_registers.py makes those that look).
 */
#include "test.h"

#include "images.h"

#define ARCH_SET_GS 0x1001 /* arch_prctl(2) */

TEST
{
	sys(SYS_arch_prctl, ARCH_SET_GS, test_argv); /* FS: the C library's already */
	observe("bases", image_run("/bases"));
	observe("registers", image_run("/registers"));
	if (fork() == 0) {
		sys(SYS_setresuid, 0, 1000, 0);
		observe("ids", image_run("/ids"));
		_exit(0);
	}
	wait(NULL);
	return 0;
}
