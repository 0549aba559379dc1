/* SPDX-License-Identifier: MIT */
/*
 * interrupts.c - log_read() and interrupts: off while bytes are copied, afterwards as they were.
 *
 * No interrupt comes in this chapter, so the processor is asked: a debug register watches the first
 * byte that the copy writes, as a debugger's `watch` does, and the debug exception's frame has the
 * flags of that moment.  For this there are gates, the only ones of this kernel.
 */
#include "arch/arch.h"
#include "arch/offsets.h"
#include "arch/trap.h"
#include "ktest.h"
#include "lib/printf.h"

#define WATCH_WRITE 0x10001UL /* DR7: the byte at DR0, when it is written */

struct gate {
	uint16_t offset_low, selector, type, offset_middle;
	uint32_t offset_high, reserved;
};

struct interrupt_frame {
	uint64_t rip, cs, rflags, rsp, ss;
};

static char buffer[100];
static struct gate gates[VECTOR_DEBUG + 1];
static volatile unsigned writes, open_writes; /* how many, and those with interrupts on */

static __attribute__((interrupt)) void written(struct interrupt_frame *frame)
{
	writes++;
	if (frame->rflags & RFLAGS_IF)
		open_writes++;
}

static void watch(const char *at, uint64_t how)
{
	struct {
		uint16_t limit;
		uint64_t base;
	} packed table = { sizeof(gates) - 1, (uint64_t)gates };
	uint64_t handler = (uint64_t)written;

	gates[VECTOR_DEBUG] = (struct gate){
		.offset_low = handler,
		.selector = KERNEL_CODE,
		.type = 0x8e00,
		.offset_middle = handler >> 16,
		.offset_high = handler >> 32,
	};
	__asm__ volatile("lidt %0" : : "m"(table));
	__asm__ volatile("movq %0, %%dr0; movq %1, %%dr7" : : "r"(at), "r"(how) : "memory");
}

static void log_interrupts(void)
{
	uint64_t position = log_end();

	for (int i = 0; i < 10; i++)
		kprintf(LOG_DEBUG, "line %d", i);
	observe("before=%d", interrupts_enabled());
	watch(buffer, WATCH_WRITE);
	log_read(&position, buffer, sizeof(buffer));
	watch(buffer, 0);
	observe("copied=%d", writes > 0);
	observe("copied_with_interrupts_on=%u", open_writes);
	observe("after=%d", interrupts_enabled());
	position = log_end();
	log_read(&position, buffer, sizeof(buffer));
	observe("after_nothing=%d", interrupts_enabled());
	interrupts_disable();
	log_read(&position, buffer, sizeof(buffer));
	observe("disabled=%d", interrupts_enabled());
	interrupts_enable();
}
KTEST(log_interrupts);
