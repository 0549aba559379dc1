/* SPDX-License-Identifier: MIT */
/*
 * out_of_memory.c - who has to go when a program needs a page and nothing can be reclaimed.
 *
 * Only pages of programs are got that way.  What the kernel itself needs for a call - fork's tables
 * and stacks above all - just fails: ENOMEM.
 *
 * The choice is Linux's (oom_kill.c): the process with the most pages, those of its page tables
 * among them, to which its oom_score_adj adds thousandths of all memory; -1000 exempts, as being
 * the first process does.  Of equals the youngest goes: so a bomb, whose processes are all alike,
 * is paid for by its last and not by the shell that it came from.  A victim that is on its way out
 * is waited for, not joined by another.
 */
#include "lib/printf.h"
#include "memory/address_space.h"
#include "task/process.h"
#include "task/signal.h"

/* Adjusted pages: negative is possible.  INT64_MIN: never chosen. */
static int64_t badness(const struct process *process, uint64_t all_pages)
{
	struct address_space *space = process->leader ? process->leader->space : NULL;
	int64_t adjust = process->oom_score_adj;

	if (!space || process->state != PROCESS_ALIVE || process->unkillable ||
	    process == init_process || adjust == OOM_SCORE_ADJ_MIN)
		return INT64_MIN;
	return (int64_t)(space->resident[0] + space->resident[1] + address_space_tables(space)) +
	       adjust * (int64_t)(all_pages / 1000);
}

static uint64_t all_pages(void)
{
	struct frame_statistics frames;

	frame_statistics_get(&frames);
	return frames.total;
}

/* As Linux scales it: what has nothing and no adjustment is at two thirds. */
uint64_t oom_score(const struct process *process)
{
	int64_t all = (int64_t)all_pages();
	int64_t bad = badness(process, (uint64_t)all);

	return bad == INT64_MIN ? 0 : (uint64_t)((1000 + bad * 1000 / all) * 2 / 3);
}

/* With a count; NULL: nobody may be killed. */
static struct process *process_worst(void)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock), all = all_pages();
	struct process *process, *worst = NULL;
	int64_t most = INT64_MIN;

	list_for_each(process, &all_processes, all_link) {
		int64_t bad = badness(process, all);

		if (bad == INT64_MIN || bad < most)
			continue;
		most = bad;
		worst = process;
	}
	if (worst)
		process_get(worst);
	spinlock_release(&process_tree_lock, flags);
	return worst;
}

bool task_free_memory(void)
{
	struct process *victim = process_worst();
	bool other = victim && victim != current->process;

	/* One that is dying already needs time, not another signal.  The one that asks is told as
	 * well: the fault may be of a copy in the kernel, which then just ends. */
	if (victim && !victim->exiting) {
		kprintf(LOG_ERROR, "out of memory: %s[%d] is killed, its score was %lu\n",
			victim->leader->name, victim->pid->number, oom_score(victim));
		signal_send_process(victim, SIGKILL, NULL);
	}
	if (victim)
		process_put(victim);
	if (other)
		task_yield();
	return other;
}
