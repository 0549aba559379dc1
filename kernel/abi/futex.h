/* SPDX-License-Identifier: MIT */
/* futex.h - futex(2), and the robust list that a thread leaves behind (get_robust_list(2)). */
#pragma once

#include <stdint.h>

#define FUTEX_WAIT             0
#define FUTEX_WAKE             1
#define FUTEX_FD               2
#define FUTEX_REQUEUE          3
#define FUTEX_CMP_REQUEUE      4
#define FUTEX_WAKE_OP          5
#define FUTEX_LOCK_PI          6
#define FUTEX_UNLOCK_PI        7
#define FUTEX_TRYLOCK_PI       8
#define FUTEX_WAIT_BITSET      9
#define FUTEX_WAKE_BITSET      10
#define FUTEX_WAIT_REQUEUE_PI  11
#define FUTEX_CMP_REQUEUE_PI   12
#define FUTEX_PRIVATE_FLAG     0x80
#define FUTEX_CLOCK_REALTIME   0x100
#define FUTEX_BITSET_MATCH_ANY 0xffffffff
#define FUTEX_WAITERS          0x80000000
#define FUTEX_OWNER_DIED       0x40000000
#define FUTEX_TID_MASK         0x3fffffff

struct robust_list {
	uint64_t next; /* user address of the next, or of the head */
};
struct robust_list_head {
	struct robust_list list;
	int64_t futex_offset;	 /* bytes from an entry to its futex word */
	uint64_t list_op_pending;
};
