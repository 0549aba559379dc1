/* SPDX-License-Identifier: MIT */
/* exit_status.c - only eight bits of the status arrive; exit_group does not return. */
#include "test.h"

TEST
{
	observe("before", 1);
	sys(SYS_exit_group, 0xfffff1a7);
	observe("after", 1);
	return 0;
}
