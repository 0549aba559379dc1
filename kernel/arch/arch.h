/* SPDX-License-Identifier: MIT */
/*
 * arch.h - everything that the rest of the kernel may ask of the processor, in one place.
 *
 * Downward: functions of arch/ that others call.  Upward: the steps that arch/ itself calls and
 * that are defined above it; each says who provides it.  Inline assembly outside arch/ is a bug.
 */
#pragma once

#include "arch/cpu.h"
#include "arch/registers.h"
#include "lib/types.h"

/* ---- memory layout (docs/memory-map.md) ---- */
#define KERNEL_IMAGE 0xffffffff80000000UL /* virtual address of physical 0 in the image's window */
#define DIRECT_MAP   0xffff888000000000UL /* all RAM, and all below 4 GiB; NX; p is at + p */
#define STACK_RANGE  0xffffc90000000000UL /* kernel stacks with their guard pages */
#define USER_END     0x00007ffffffff000UL /* first address that no user page may have */

static inline void *direct_map(physical_address at)
{
	return (void *)(DIRECT_MAP + at);
}
/* For pointers into the direct map or the kernel image. */
static inline physical_address physical_of(const void *pointer)
{
	uint64_t at = (uint64_t)pointer;

	return at >= KERNEL_IMAGE ? at - KERNEL_IMAGE : at - DIRECT_MAP;
}
extern char image_start[], text_end[], rodata_end[], image_end[]; /* kernel.ld, page-aligned */

/* ---- interrupts ---- */
static inline uint64_t interrupts_save(void) /* disables; returns what interrupts_restore() takes */
{
	uint64_t flags;

	__asm__ volatile("pushfq; popq %0; cli" : "=r"(flags) : : "memory");
	return flags;
}
static inline void interrupts_restore(uint64_t flags)
{
	if (flags & RFLAGS_IF)
		__asm__ volatile("sti" : : : "memory");
}
static inline void interrupts_enable(void)
{
	__asm__ volatile("sti" : : : "memory");
}
static inline void interrupts_disable(void)
{
	__asm__ volatile("cli" : : : "memory");
}
static inline bool interrupts_enabled(void)
{
	uint64_t flags;

	__asm__ volatile("pushfq; popq %0" : "=r"(flags));
	return flags & RFLAGS_IF;
}
/* Enables interrupts and halts in one step, so that none is lost between; returns after one. */
static inline void interrupts_wait(void)
{
	__asm__ volatile("sti; hlt" : : : "memory");
}
/* With interrupts off: for good. */
static inline void cpu_halt(void)
{
	__asm__ volatile("hlt" : : : "memory");
}
/* Resets the processor: an exception that no descriptor table can take. */
static inline void cpu_triple_fault(void)
{
	struct { uint16_t limit; uint64_t base; } packed none = { 0, 0 };

	__asm__ volatile("lidt %0; int3" : : "m"(none));
}
static inline void cpu_relax(void)
{
	__asm__ volatile("pause" : : : "memory");
}

/* ISA interrupt lines 0-15; the handler runs with interrupts off and must not sleep. */
typedef void (*interrupt_handler)(void *data);
void interrupt_register(unsigned line, interrupt_handler handler, void *data);

/* ---- boot information (arch/multiboot2.c, arch/pvh.c) ---- */
enum memory_kind { MEMORY_USABLE, MEMORY_RESERVED, MEMORY_ACPI, MEMORY_ACPI_NVS, MEMORY_BAD };
struct memory_range { /* [start, end), in bytes */
	physical_address start, end;
	enum memory_kind kind;
};
#define BOOT_RANGES_MAX 128
struct boot_info {
	/* As the firmware gave them: in any order, overlapping, not on page boundaries. */
	struct memory_range ranges[BOOT_RANGES_MAX];
	unsigned range_count;
	physical_address module_start, module_end; /* the one module (initrd); equal: none */
	physical_address rsdp;			   /* ACPI root pointer, or 0: search for it */
	const char *loader;			   /* "multiboot2" or "pvh" */
};
extern struct boot_info boot_info; /* complete before kmain() */

/* ---- context switch (arch/switch.S, arch/context.c) ---- */
/* Saves the callee-saved registers and rsp in *save, loads them from `load`; returns in the other
 * task, with the value that it was resumed with: the task switched from. */
struct task *context_switch(uint64_t *save, uint64_t load, struct task *from);
/*
 * Lays the first frame of a new task below `stack_top`: when first switched to, it calls
 * task_started(from) and then function(argument), which must not return.  Returns the rsp to load.
 */
uint64_t context_prepare(void *stack_top, void (*function)(void *), void *argument);
/* The same, but it leaves to user mode through `registers`, which lie at stack_top - sizeof. */
uint64_t context_prepare_user(void *stack_top);
/* Leaves to user mode with these registers (IRET); they must lie at the current stack's top. */
void user_enter(struct registers *registers) noreturn;
/* The stack that the next entry from user mode uses: TSS.rsp0 and cpu->kernel_stack. */
void cpu_set_kernel_stack(void *stack_top);

/* Upward: task/scheduler.c.  The first thing a new task does: finishes the switch from `from`. */
void task_started(struct task *from);

/* ---- user registers that are not in the frame ---- */
void fs_base_set(uint64_t base);
uint64_t fs_base_get(void);
void user_gs_base_set(uint64_t base); /* what SWAPGS will bring back */
uint64_t user_gs_base_get(void);

/* ---- FPU, SSE, AVX (arch/fpu.c): eager XSAVE, or FXSAVE where that is all ---- */
struct fpu_area; /* fpu_area_size bytes, 64-byte aligned; to be reset before its first use */
extern size_t fpu_area_size;  /* bytes that XSAVE writes, legacy and header included */
extern uint64_t fpu_features; /* the XCR0 in force (3: x87 and SSE only; also without XSAVE) */
void fpu_save(struct fpu_area *area);
/* the same, into memory with arbitrary contents: fork */
void fpu_save_fresh(struct fpu_area *area);
void fpu_restore(const struct fpu_area *area); /* the area must be valid (fpu_area_validate) */
void fpu_area_reset(struct fpu_area *area); /* a fresh program's state: FCW 37f, MXCSR 1f80 */
void fpu_reset(void); /* the same, in the registers: how a signal handler starts */
void fpu_area_use_legacy(struct fpu_area *area); /* only what FXSAVE writes is there: x87 and SSE */
/* Whether fpu_restore() would take it: XRSTOR faults on reserved bits.  For sigreturn. */
bool fpu_area_validate(struct fpu_area *area);
/* The bytes that fpu_restore() reads of it: up to the end of the last part that it says it has. */
size_t fpu_area_extent(const struct fpu_area *area);

/* ---- page tables' registers ---- */
static inline void page_table_load(physical_address root)
{
	__asm__ volatile("movq %0, %%cr3" : : "r"(root) : "memory");
}
static inline physical_address page_table_loaded(void)
{
	physical_address root;

	__asm__ volatile("movq %%cr3, %0" : "=r"(root));
	return root & ~0xfffUL;
}
static inline void tlb_flush_page(uint64_t address)
{
	__asm__ volatile("invlpg (%0)" : : "r"(address) : "memory");
}
static inline void tlb_flush_all(void) /* not global pages */
{
	page_table_load(page_table_loaded());
}

/* ---- user copies (arch/user_access.S); callers use memory/user_copy.h ---- */
/* Returns the bytes NOT copied: a fault in either operand ends the copy, by the fix-up table. */
size_t user_access_copy(void *to, const void *from, size_t bytes);
size_t user_access_clear(void *to, size_t bytes);
/* Copies up to and with the NUL: its length without NUL, `room` if none was found, -EFAULT. */
long user_access_string(char *to, const char *from, size_t room);

/* ---- time (arch/tsc.c, arch/timer_event.c) ---- */
static inline uint64_t tsc_read(void)
{
	uint64_t low, high; /* RDTSC clears the upper halves of rax and rdx */

	__asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
	return high << 32 | low;
}
uint64_t clock_monotonic(void); /* nanoseconds since boot; never goes back */
extern struct clock_rate tsc_rate; /* how it is made of the TSC (arch/clock_rate.h) */
/* One interrupt when clock_monotonic() has reached `deadline`; ~0: none.  The latest counts. */
void clock_event_program(uint64_t deadline);
void clock_calibrate_again(void); /* where boot ends: a longer base makes the TSC's rate exact */
extern uint64_t tsc_hertz;
/* Upward: task/timer.c.  The deadline has passed and is forgotten; interrupts are off. */
void timer_interrupt(struct registers *registers);

/* ---- features, random, identity ---- */
struct cpu_features {
	bool nx, smep, smap, umip, pages_1g, global_pages, xsave, rdrand, fsgsbase, erms;
	uint32_t hwcap;	 /* CPUID.1:EDX, what AT_HWCAP says */
	uint32_t hwcap2; /* AT_HWCAP2: bit 1 fsgsbase (off here) */
	char vendor[13], model[49];
	uint32_t family, model_number, stepping;
	uint64_t physical_bits;
};
extern struct cpu_features cpu_features;
bool hardware_random(uint64_t *value); /* RDRAND; false: there is none */

/* ---- the trap path ---- */
/* Upward: memory/fault.c.  A page fault at `address`; returns true when it is resolved (mapped, or
 * fixed up) and the code may go on; false: arch/trap.c kills (user: via task_fault) or panics. */
bool page_fault(struct registers *registers, user_address address);
/* Upward: task/user_fault.c (later task/signal).  A user program did what the processor forbids:
 * Linux's signal number, si_code and si_addr for it. */
void task_fault(struct registers *registers, int signal, int code, uint64_t address);
/* Upward: task/return.c.  About to return to user mode after a trap or interrupt, interrupts off:
 * reschedule, signals. */
void task_return_to_user(struct registers *registers);
/* Upward: task/scheduler.c.  Returning from an interrupt that hit the kernel, interrupts off. */
/* (kernel code is preempted only where it sleeps: there is no such step.) */
/* Upward: syscall/dispatch.c.  Serves the call in `registers`; interrupts are on at entry, and off
 * at return, when all work is done. Result: true when the frame is as at entry, so that SYSRET may
 * be used (syscall_entry.S). */
bool syscall_dispatch(struct registers *registers);

/* Resolves a kernel fault by the fix-up table: true when registers->rip was redirected. */
bool fixup_apply(struct registers *registers);
/* Whether there is a row for the instruction: else it had no business with user memory. */
bool fixup_exists(const struct registers *registers);

/* A frame-pointer backtrace of the caller, as log lines. */
void backtrace_print(uint64_t frame_pointer, uint64_t rip);
