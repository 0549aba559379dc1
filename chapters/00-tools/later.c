/* SPDX-License-Identifier: MIT */
/*
 * later.c - weak stand-ins for the steps that chapter 0's files call and a later chapter supplies.
 *
 * Each is one line of one of three kinds: succeed with nothing to do, refuse with an errno, or
 * panic("not yet").  The complete kernel links none of them.  `holes` beside this file lists
 * those that this chapter's kernel still uses.
 */
#include "arch/arch.h"
#include "arch/interrupts.h"
#include "arch/panic.h"
#include "arch/timer_event.h"
#include "lib/assert.h"
#include "memory/frame_allocator.h"
#include "memory/heap.h"
#include "memory/reclaim.h"

/* ---- nothing interrupts, and no trap is caught: descriptors_init() is not called ---- */
weak void interrupt_register(unsigned line, interrupt_handler handler, void *data) {}
weak void timer_event_calibrate(void) {}
extern const uint8_t trap_stubs[1][16];
weak const uint8_t trap_stubs[1][16] = { { 0 } };

/* ---- counts: there are no frames and no objects ---- */
weak void frame_statistics_get(struct frame_statistics *statistics)
{
	*statistics = (struct frame_statistics){ .total = 0 };
}
weak struct slab_cache *slab_cache_next(struct slab_cache *cache) { return NULL; }
weak size_t caches_drop(unsigned what) { return 0; }

/* ---- a panic's account ---- */
weak void panic_show_task(void) {}
weak void panic_show_calls(void) {}
