/* SPDX-License-Identifier: MIT */
/*
 * counts.h - what is in use, for the program that runs the machine.
 *
 * Records `counts` on the report channel, one a line, "NAME NUMBER": the time in nanoseconds first,
 * then frames by kind, then the objects of each slab cache.  Whoever reads two of these lists knows
 * what was lost between them, and how long it took.
 */
#pragma once

/* Nothing unless the command line has the word `counts`.  Process context, no lock held: what is
 * only kept for speed is given back first.  Upward step: kernel/counts.c. */
void counts_report(void);
