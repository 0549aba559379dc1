/* SPDX-License-Identifier: MIT */
/*
 * out_of_memory.c - who has to go when a program needs a page and nothing can be reclaimed.
 *
 * It is the process with the most pages of its own, so that one that eats everything dies and the
 * shell beside it lives.  The first process is spared while there is another.
 */
#include "lib/printf.h"
#include "memory/address_space.h"
#include "task/process.h"
#include "task/signal.h"

static uint64_t pages_of(const struct process *process)
{
	const struct address_space *space = process->leader ? process->leader->space : NULL;

	return space && process->state == PROCESS_ALIVE ? space->resident[0] : 0;
}

/* With a count; NULL: nobody has any. */
static struct process *process_largest(void)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock);
	struct process *process, *largest = NULL;

	list_for_each(process, &all_processes, all_link)
		if (pages_of(process) && (!largest || largest == init_process ||
					  (process != init_process &&
					   pages_of(process) > pages_of(largest))))
			largest = process;
	if (largest)
		process_get(largest);
	spinlock_release(&process_tree_lock, flags);
	return largest;
}

bool task_free_memory(void)
{
	struct process *victim = process_largest();
	bool other = victim && victim != current->process;

	if (other && !victim->exiting) {
		kprintf(LOG_ERROR, "out of memory: %s[%d] is killed, it had %lu pages\n",
			victim->leader->name, victim->pid->number, pages_of(victim));
		signal_send_process(victim, SIGKILL, NULL);
	}
	if (victim)
		process_put(victim);
	if (other)
		task_yield();
	return other;
}
