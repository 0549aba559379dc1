/* SPDX-License-Identifier: MIT */
/*
 * layout.c - the places of stack, maps, position-independent programs and heap, as on Linux x86_64:
 *
 *	0x555555554000 + up to 2^28 pages	a PIE with an interpreter
 *	end of the program + up to 32 MiB	the heap
 *	mmap_top, going down			maps, the interpreter, static PIEs
 *	... the stack's limit and a gap ...
 *	0x7ffffffff000 - up to 2^22 pages	the stack, growing down
 *
 * Without randomisation (personality ADDR_NO_RANDOMIZE, `norandmaps` on the command line) all the
 * random summands are 0.
 *
 * Randomness (28 bits for maps and PIEs, 22 for the stack, 13 for the heap) is Linux's default on
 * x86_64 (proc(5), randomize_va_space = 2). Nothing is mapped here; the numbers are wishes that
 * mmap honours while the places are free.
 */
#include "lib/command_line.h"
#include "lib/random.h"
#include "loader/program.h"
#include "task/process.h"

#define STACK_PAGES    (1UL << 22)
#define MAP_PAGES      (1UL << 28)
#define HEAP_PAGES     (0x2000000UL / PAGE_SIZE)
#define GUARD_GAP      (256 * PAGE_SIZE) /* kept free below a stack that grows */
#define STACK_GAP_MIN  (128UL << 20)
#define STACK_GAP_MAX  (USER_END / 6 * 5)

static uint64_t random_pages(const struct program *program, uint64_t below)
{
	return program->randomise ? random_below(below) * PAGE_SIZE : 0;
}

static user_address mmap_top(const struct program *program)
{
	uint64_t gap = task_limit(RLIMIT_STACK);
	uint64_t pad = GUARD_GAP + (program->randomise ? STACK_PAGES * PAGE_SIZE : 0);

	/* RLIM_INFINITY must not wrap to a small gap. */
	if (gap + pad > gap)
		gap += pad;
	gap = max(min(gap, STACK_GAP_MAX), STACK_GAP_MIN);
	return round_up(USER_END - gap - random_pages(program, MAP_PAGES), PAGE_SIZE);
}

void layout_choose(struct program *program)
{
	program->stack_top = USER_END - random_pages(program, STACK_PAGES);
	program->stack_low = program->at = program->stack_top;
	program->space->stack_top = program->stack_top;
	program->space->mmap_top = mmap_top(program);
}

void layout_choose_again(struct program *program)
{
	program->randomise = !command_line_has("norandmaps");
	program->space->mmap_top = mmap_top(program);
}

user_address layout_pie_base(const struct program *program)
{
	return LAYOUT_PIE_BASE + random_pages(program, MAP_PAGES);
}

user_address layout_brk(const struct program *program, user_address end)
{
	return end + random_pages(program, HEAP_PAGES);
}
