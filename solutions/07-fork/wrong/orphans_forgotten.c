/* SPDX-License-Identifier: MIT */
/*
 * The children of who ends keep their parent.
 *
 * symptom: the machine crashes when a background program ends after its shell
 * fails: descendants
 * see: Orphans
 */
/* in task/exit.c */
static void process_become_zombie(struct process *process, int status)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock);
	bool unwanted;

	assert(process->state == PROCESS_ALIVE && process->live_tasks > 0);
	/* Must see the process still alive and in its group: it asks who is left without it. */
	group_check_orphaned(process, NULL);
	process->live_tasks--;
	process->wait_status = status;
	process->stop_signal = 0;
	process->stopped = process->continued_unreported = false;
	process->state = PROCESS_ZOMBIE;
	unwanted = zombie_announce(process);
	if (unwanted)
		process_forget(process);
	spinlock_release(&process_tree_lock, flags);
}
