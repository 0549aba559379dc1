/* SPDX-License-Identifier: MIT */
/*
 * later.c - weak stand-ins for the steps that chapter 2 calls and a later chapter supplies.
 *
 * Each is one line of one of three kinds: succeed with nothing to do, refuse with an errno, or
 * panic("not yet").  The complete kernel links none of them.  `holes` beside this file lists
 * those that this chapter's kernel still uses.
 */
#include "memory/frame_allocator.h"

/* Chapter 3: there is nothing to reclaim yet. */
weak size_t reclaim(size_t wanted) { return 0; }
