/* SPDX-License-Identifier: MIT */
/* membarrier.c - membarrier(2): which commands there are, and which want to be registered first. */
#include "test.h"

enum { QUERY = 0, GLOBAL = 1, GLOBAL_EXPEDITED = 2, REGISTER_GLOBAL = 4, PRIVATE = 8, REGISTER_PRIVATE = 16 };

TEST
{
	long known = sys(SYS_membarrier, QUERY, 0, 0);

	observe_hex("known", known < 0 ? 0 : known & 0x1f);
	observe("query_flags", sys(SYS_membarrier, QUERY, 2, 0));
	observe("unknown", sys(SYS_membarrier, 1 << 30, 0, 0));
	observe("two_commands", sys(SYS_membarrier, GLOBAL | PRIVATE, 0, 0));
	observe("global", sys(SYS_membarrier, GLOBAL, 0, 0));
	observe("global_flags", sys(SYS_membarrier, GLOBAL, 1, 0));
	observe("private_unregistered", sys(SYS_membarrier, PRIVATE, 0, 0));
	observe("register", sys(SYS_membarrier, REGISTER_PRIVATE, 0, 0));
	observe("register_again", sys(SYS_membarrier, REGISTER_PRIVATE, 0, 0));
	observe("private", sys(SYS_membarrier, PRIVATE, 0, 0));
	observe("register_global", sys(SYS_membarrier, REGISTER_GLOBAL, 0, 0));
	observe("global_expedited", sys(SYS_membarrier, GLOBAL_EXPEDITED, 0, 0));
	return 0;
}
