/* SPDX-License-Identifier: MIT */
/*
 * later.c - weak stand-ins for the steps that chapter 3 calls and a later chapter supplies.
 *
 * Each is one line of one of three kinds: succeed with nothing to do, refuse with an errno, or
 * panic("not yet").  The complete kernel links none of them.  `holes` beside this file lists
 * those that this chapter's kernel still uses.
 */
#include "memory/heap.h"
#include "memory/reclaim.h"

/* ---- what can be given back: spare page tables only ---- */
weak size_t heap_shrink(void) { return 0; }
weak size_t kernel_stack_shrink(void) { return 0; }
weak size_t dentries_shrink(size_t wanted) { return 0; }
