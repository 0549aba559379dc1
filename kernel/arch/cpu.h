/* SPDX-License-Identifier: MIT */
/*
 * cpu.h - what one processor keeps for itself, found through the GS base.
 *
 * In kernel mode GS points to this processor's struct cpu; in user mode to whatever the program
 * set; SWAPGS exchanges them at the border (decided by the saved CS, never by the vector).
 * entry.S knows the offsets of the first fields (arch/offsets.h, checked by static_assert there).
 */
#pragma once

#include "lib/types.h"

struct task;
struct registers;

struct cpu {
	struct cpu *self;	/* so that this_cpu() is one load */
	uint64_t kernel_stack;	/* top of the current task's kernel stack; also TSS.rsp0 */
	uint64_t user_rsp;	/* scratch for the system-call entry, before there is a stack */
	struct task *current;	/* NULL until there are tasks */
	uint32_t number;	/* 0 is the boot processor */
	int preempt_disabled;	/* > 0: no reschedule on the way out of an interrupt */
	bool need_reschedule;	/* the tick or a wake-up asks; read where the kernel may switch */
	uint64_t interrupts;	/* served since boot, for /proc/stat */
	struct registers *interrupted; /* what the interrupt being served came upon */
};

static inline struct cpu *this_cpu(void)
{
	struct cpu *cpu;

	__asm__ volatile("movq %%gs:0, %0" : "=r"(cpu));
	return cpu;
}

/* The scheduler's part of a switch. */
static inline void current_set(struct task *task)
{
	this_cpu()->current = task;
}

/* The running task; never changes under the code of that task itself, so the load may be cached. */
static inline struct task *current_task(void)
{
	struct task *task;

	__asm__("movq %%gs:24, %0" : "=r"(task));
	return task;
}
static_assert(offsetof(struct cpu, current) == 24, "current_task() reads gs:24");
#define current (current_task())
