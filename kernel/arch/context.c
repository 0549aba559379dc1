/* SPDX-License-Identifier: MIT */
/*
 * context.c - the first frame of a task, so that context_switch() can "return" to where it has
 * never been (switch.S: task_first_kernel, task_first_user), and user registers outside the frame.
 *
 * The registers that a function must preserve (System V ABI) are all that a switch saves: to its
 * caller it is an ordinary call. User registers lie in the frame at the top of the stack and are
 * saved by the entry from user mode, never here.
 *
 * fs_base and the user's GS base belong to the task (task.h) and are loaded at every switch; WRMSR
 * takes any canonical address, which the callers have checked (arch_prctl(2), clone(2)).
 */
#include "arch/arch.h"
#include "arch/msr.h"
#include "lib/assert.h"

/* What context_switch() pops, lowest address first. */
struct switch_frame {
	uint64_t r15, r14, r13, r12, rbx, rbp, rip;
};

extern const char task_first_kernel[], task_first_user[]; /* switch.S */

uint64_t context_prepare(void *stack_top, void (*function)(void *), void *argument)
{
	/* 16 bytes spare: rsp is 16-aligned where task_first_kernel calls, as the ABI wants. */
	struct switch_frame *frame = (void *)((uint64_t)stack_top - 16 - sizeof(*frame));

	assert(((uint64_t)stack_top & 15) == 0);
	*frame = (struct switch_frame){
		.rip = (uint64_t)task_first_kernel,
		.rbx = (uint64_t)function,
		.r12 = (uint64_t)argument,
	};
	return (uint64_t)frame;
}

uint64_t context_prepare_user(void *stack_top)
{
	struct registers *registers = (struct registers *)stack_top - 1;
	struct switch_frame *frame = (struct switch_frame *)registers - 1;

	assert(((uint64_t)stack_top & 15) == 0);
	*frame = (struct switch_frame){ .rip = (uint64_t)task_first_user };
	return (uint64_t)frame;
}

void fs_base_set(uint64_t base)
{
	msr_write(MSR_FS_BASE, base);
}

uint64_t fs_base_get(void)
{
	return msr_read(MSR_FS_BASE);
}

void user_gs_base_set(uint64_t base)
{
	msr_write(MSR_KERNEL_GS_BASE, base);
}

uint64_t user_gs_base_get(void)
{
	return msr_read(MSR_KERNEL_GS_BASE);
}
