/* SPDX-License-Identifier: MIT */
/* sched_attr.c - sched_getattr(2): a structure whose size the caller and the kernel agree on. */
#include "test.h"

struct attr {
	uint32_t size, policy;
	uint64_t flags;
	int32_t nice;
	uint32_t priority;
	uint64_t runtime, deadline, period;
	uint32_t clamp_min, clamp_max;
	uint64_t more[8];
};

static struct attr attr;

TEST
{
	observe("get", sys(SYS_sched_getattr, 0, &attr, 48, 0));
	observe_number("get_size", attr.size - 48);
	observe("nobody", sys(SYS_sched_getattr, 99999, &attr, 48, 0));
	observe("negative", sys(SYS_sched_getattr, -1, &attr, 48, 0));
	observe("flags", sys(SYS_sched_getattr, 0, &attr, 48, 1));
	observe("small", sys(SYS_sched_getattr, 0, &attr, 47, 0));
	observe("large", sys(SYS_sched_getattr, 0, &attr, sizeof(attr), 0));
	observe("huge", sys(SYS_sched_getattr, 0, &attr, 4097, 0));
	observe("null", sys(SYS_sched_getattr, 0, 0, 48, 0));
	observe("bad_pointer", sys(SYS_sched_getattr, 0, 0x1000, 48, 0));
	attr = (struct attr){ .size = 48, .nice = 5 };
	observe("set", sys(SYS_sched_setattr, 0, &attr, 0));
	attr.nice = 0;
	observe("get_again", sys(SYS_sched_getattr, 0, &attr, 48, 0));
	observe_number("nice", attr.nice - 5);
	attr.policy = 77;
	observe("set_policy", sys(SYS_sched_setattr, 0, &attr, 0));
	observe("set_flags", sys(SYS_sched_setattr, 0, &attr, 1));
	attr.size = sizeof(attr);
	attr.policy = 0;
	observe("set_large", sys(SYS_sched_setattr, 0, &attr, 0));
	attr.more[7] = 1;
	observe("set_unknown", sys(SYS_sched_setattr, 0, &attr, 0));
	observe_number("known_size", attr.size);
	attr.more[7] = 0;
	attr.size = 0;
	attr.nice = 6;
	observe("set_no_size", sys(SYS_sched_setattr, 0, &attr, 0));
	observe("priority", sys(SYS_getpriority, 0, 0));
	attr.size = 8;
	observe("set_small", sys(SYS_sched_setattr, 0, &attr, 0));
	return 0;
}
