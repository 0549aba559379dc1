/* SPDX-License-Identifier: MIT */
/*
 * descriptors.c - the tables through which the processor finds its way into the kernel: GDT
 * (segments), TSS (stacks) and IDT (256 gates), SDM vol. 3, 3.4, 6.14 and 8.7.
 *
 * Stacks: an entry from user mode starts at TSS.rsp0, the top of the current task's kernel stack;
 * an entry from kernel mode goes on where it was.  Three vectors cannot trust either (they may hit
 * between two instructions of the entry path): NMI, double fault and machine check have a stack
 * each through the IST.  The word atop such a stack points to the processor's struct cpu, because
 * GS may be the user's at that moment.
 *
 * Every gate is an interrupt gate: interrupts are off until the handler enables them.  A user
 * program may call only two of them itself, INT3 and INTO.
 *
 * Order: descriptors before any gate can be used; interrupts are off until interrupts_init(). The
 * GDT's selectors are dictated by SYSCALL and SYSRET (offsets.h). Constant after boot but for
 * TSS.rsp0, which cpu_set_kernel_stack() changes with interrupts off.
 */
#include "arch/descriptors.h"
#include "arch/offsets.h"
#include "arch/trap.h"
#include "lib/assert.h"

enum { IST_NONE, IST_NMI, IST_DOUBLE_FAULT, IST_MACHINE_CHECK, IST_COUNT };
#define IST_STACK_BYTES 8192

struct tss {
	uint32_t reserved0;
	uint64_t rsp[3];
	uint64_t reserved1;
	uint64_t ist[7]; /* ist[0] is IST 1 */
	uint64_t reserved2;
	uint16_t reserved3, io_bitmap;
} packed;
static_assert(sizeof(struct tss) == 104, "SDM vol. 3, figure 8-11");

struct gate {
	uint16_t offset_low, selector;
	uint8_t ist, type;
	uint16_t offset_middle;
	uint32_t offset_high, reserved;
};
static_assert(sizeof(struct gate) == 16, "SDM vol. 3, figure 6-8");

#define GATE_INTERRUPT 0x8e /* present, DPL 0 */
#define GATE_USER      0xee /* present, DPL 3 */

struct ist_stack {
	uint8_t bytes[IST_STACK_BYTES - 16];
	struct cpu *cpu; /* the word atop: entry.S reads it */
	uint64_t unused;
} aligned(16);

#define SEGMENT_CODE64(dpl) (0x00209b0000000000 | (uint64_t)(dpl) << 45)
#define SEGMENT_DATA(dpl)   (0x0000930000000000 | (uint64_t)(dpl) << 45)
#define TSS_AVAILABLE	    0x89UL

uint64_t gdt[10] = { /* boot.S loads it */
	[KERNEL_CODE / 8] = SEGMENT_CODE64(0),
	[KERNEL_DATA / 8] = SEGMENT_DATA(0),
	[USER_DATA / 8] = SEGMENT_DATA(3),
	[USER_CODE / 8] = SEGMENT_CODE64(3),
};
static_assert(TSS_SELECTOR / 8 + 2 == array_size(gdt), "the TSS descriptor takes two slots");

static struct tss tss;
static struct gate idt[256] aligned(16);
static struct ist_stack ist_stacks[IST_COUNT - 1];

extern const uint8_t trap_stubs[256][16]; /* entry.S */

static void gdt_set_tss(void)
{
	uint64_t base = (uint64_t)&tss, limit = sizeof(tss) - 1;

	gdt[TSS_SELECTOR / 8] = limit | (base & 0xffffff) << 16 | TSS_AVAILABLE << 40 |
				(base >> 24 & 0xff) << 56;
	gdt[TSS_SELECTOR / 8 + 1] = base >> 32;
}

static void idt_set(unsigned vector, unsigned type, unsigned ist)
{
	uint64_t to = (uint64_t)trap_stubs[vector];

	assert(vector < array_size(idt) && ist < IST_COUNT);
	idt[vector] = (struct gate){
		.offset_low = to,
		.offset_middle = to >> 16,
		.offset_high = to >> 32,
		.selector = KERNEL_CODE,
		.ist = ist,
		.type = type,
	};
}

static void tss_init(struct cpu *cpu)
{
	int i;

	assert(cpu && sizeof(tss) - 1 <= 0xffff);
	tss.io_bitmap = sizeof(tss); /* beyond the limit: no port is the user's */
	for (i = 0; i < IST_COUNT - 1; i++) {
		ist_stacks[i].cpu = cpu;
		tss.ist[i] = (uint64_t)&ist_stacks[i].cpu;
	}
	gdt_set_tss();
	__asm__ volatile("ltr %w0" : : "r"(TSS_SELECTOR));
}

void descriptors_init(void)
{
	struct idt_pointer {
		uint16_t limit;
		uint64_t base;
	} packed pointer = { sizeof(idt) - 1, (uint64_t)idt };
	unsigned vector;

	for (vector = 0; vector < 256; vector++)
		idt_set(vector, GATE_INTERRUPT, IST_NONE);
	idt_set(VECTOR_NMI, GATE_INTERRUPT, IST_NMI);
	idt_set(VECTOR_DOUBLE_FAULT, GATE_INTERRUPT, IST_DOUBLE_FAULT);
	idt_set(VECTOR_MACHINE_CHECK, GATE_INTERRUPT, IST_MACHINE_CHECK);
	idt_set(VECTOR_BREAKPOINT, GATE_USER, IST_NONE);
	idt_set(VECTOR_OVERFLOW, GATE_USER, IST_NONE);
	__asm__ volatile("lidt %0" : : "m"(pointer));
	/* A reset leaves a local table at address 0, where a program could map one of its own. */
	__asm__ volatile("lldt %w0" : : "r"(0));
	tss_init(this_cpu());
}

void cpu_set_kernel_stack(void *stack_top)
{
	/* The processor aligns the stack itself at an entry, but SYSCALL's does not: both must
	 * agree. */
	assert(((uint64_t)stack_top & 15) == 0);
	this_cpu()->kernel_stack = (uint64_t)stack_top;
	tss.rsp[0] = (uint64_t)stack_top;
}
