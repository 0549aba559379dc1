/* SPDX-License-Identifier: MIT */
/*
 * return.c - the way out to user mode: everything that waited for this moment happens here.
 *
 * The fast path is one test of task->work.  What is set there is done with interrupts on, then
 * looked at again with interrupts off, because it may have been set anew in between: so nothing is
 * left undone when user mode goes on.
 *
 * Order: the processor is given away before signals are delivered, because one may come while
 * others run. A handler frame changes the registers, so this loop must be the last thing that
 * looks at them.
 *
 * Interrupts are off at entry and exit; user_since is set last, so that the time in here counts as
 * system time.
 */
#include "task/return.h"
#include "task/scheduler.h"

#define WORK_BEFORE_USER (WORK_RESCHEDULE | WORK_SIGNAL | WORK_RESTORE_MASK)
#define VECTOR_INTERRUPTS 32 /* vectors below are the program's own exceptions */

void task_work(struct registers *registers)
{
	struct task *self = current;

	assert(registers_from_user(registers));
	while (self->work & WORK_BEFORE_USER) {
		interrupts_enable();
		if (self->work & WORK_RESCHEDULE) {
			__atomic_and_fetch(&self->work, ~WORK_RESCHEDULE, __ATOMIC_RELAXED);
			schedule();
		}
		if (self->work & (WORK_SIGNAL | WORK_RESTORE_MASK))
			signals_deliver(registers);
		interrupts_disable();
	}
	__atomic_and_fetch(&self->work, ~WORK_NO_SYSRET, __ATOMIC_RELAXED); /* IRET it will be */
}

void task_return_to_user(struct registers *registers)
{
	struct task *self = current;

	if (registers->vector >= VECTOR_INTERRUPTS && scheduler_wants_preemption())
		task_add_work(self, WORK_RESCHEDULE);
	if (self->work & WORK_BEFORE_USER)
		task_work(registers);
	if (!self->user_since) /* it was switched out meanwhile, or is new */
		task_account_leave(self, tsc_read());
}
