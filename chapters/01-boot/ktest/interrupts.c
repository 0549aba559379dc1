/* SPDX-License-Identifier: MIT */
/*
 * interrupts.c - calls that the code did not make: the CMOS clock interrupts 1024 times a second on
 * line 8, the programmable timer at a deadline.
 */
#include "arch/arch.h"
#include "arch/io.h"
#include "arch/local_apic.h"
#include "arch/offsets.h"
#include "arch/trap.h"
#include "ktest.h"

#define CMOS_INDEX 0x70
#define CMOS_DATA  0x71
#define CMOS_LINE  8
#define STATUS_A   0x0a /* low half: the rate, 6 is 1024 Hz */
#define STATUS_B   0x0b
#define STATUS_C   0x0c /* reading it ends the interrupt */
#define PERIODIC   0x40 /* STATUS_B */

#define STRAY_LINE	7 /* where the 8259 answers when a line was withdrawn */
#define PIC1		0x20
#define PIC_IN_SERVICE	0x0b   /* what the next read is about */
#define PIC_SECOND	(1u << 2) /* lines 8 to 15 come through line 2 */
#define LAPIC_IN_SERVICE(vector) (0x100 + (vector) / 32 * 0x10) /* a bit for each vector */

#define MILLISECOND 1000000UL

volatile uint64_t ticks;
static uint64_t tick_times[64];
static bool enabled_in_handler, direction_in_handler;
static bool second_called, ended_in_handler;

/* The controller still holds the line back. */
static bool is_in_service(unsigned vector)
{
	return lapic_read(LAPIC_IN_SERVICE(vector)) >> vector % 32 & 1;
}

static void tick(void *data)
{
	uint64_t flags;

	ended_in_handler |= local_apic && !is_in_service(VECTOR_LINE0 + CMOS_LINE);

	outb(CMOS_INDEX, STATUS_C);
	inb(CMOS_DATA);
	if (ticks < array_size(tick_times))
		tick_times[ticks] = clock_monotonic();
	enabled_in_handler |= interrupts_enabled();
	__asm__ volatile("pushfq; popq %0" : "=r"(flags));
	direction_in_handler |= flags >> 10 & 1;
	ticks++;
}

/* Lines are shared: each of a line's handlers is called. */
static void tick_too(void *data)
{
	second_called = true;
}

static void cmos_set(uint8_t index, uint8_t value)
{
	outb(CMOS_INDEX, index);
	outb(CMOS_DATA, value);
}

static void ticks_start(void)
{
	interrupt_register(CMOS_LINE, tick, NULL);
	cmos_set(STATUS_A, 0x26);
	cmos_set(STATUS_B, 0x02 | PERIODIC);
}

static void wait_for_ticks(uint64_t count)
{
	uint64_t end = clock_monotonic() + 100 * MILLISECOND;

	while (ticks < count && clock_monotonic() < end)
		cpu_relax();
}

/* A handler may leave interrupts on; trap_dispatch() does not. */
static bool is_enabled_behind_dispatch(void)
{
	struct registers none = { .vector = VECTOR_SPURIOUS, .cs = KERNEL_CODE };
	bool enabled;

	trap_dispatch(&none);
	enabled = interrupts_enabled();
	interrupts_enable();
	return enabled;
}

static void interrupt_ticks(void)
{
	uint64_t late;

	ticks_start();
	interrupt_register(CMOS_LINE, tick_too, NULL);
	wait_for_ticks(20);
	observe("came=%d", ticks >= 20);
	late = tick_times[18] - tick_times[2];
	observe("sixteen_periods_us=%lu", (late + 500) / 1000 / 10 * 10);
	observe("second_handler=%d", second_called);
	__asm__ volatile("int $32"); /* the lowest vector that is no exception; nobody waits for it */
	observe("enabled_in_handler=%d", enabled_in_handler);
	observe("ended_in_handler=%d", ended_in_handler);
	observe("enabled_after=%d", interrupts_enabled());
	observe("enabled_on_the_way_out=%d", is_enabled_behind_dispatch());
	interrupts_disable();
	ticks = 0;
	late = clock_monotonic() + 5 * MILLISECOND;
	while (clock_monotonic() < late)
		;
	observe("while_disabled=%lu", ticks);
	interrupts_enable();
	wait_for_ticks(1);
	observe("kept_for_later=%d", ticks > 0);
}
KTEST(interrupt_ticks);

static unsigned stray_calls;

static void stray(void *data)
{
	stray_calls++;
}

/* A stray interrupt comes while the tick is served: an end would be the tick's. */
static void tick_and_stray(void *data)
{
	__asm__ volatile("int $39"); /* VECTOR_LINE0 + STRAY_LINE, and no line asked for it */
	outb(PIC1, PIC_IN_SERVICE);
	ended_in_handler |= !(inb(PIC1) & PIC_SECOND);
}

static void interrupt_spurious(void)
{
	observe("apic=%d", local_apic != NULL);
	interrupt_register(STRAY_LINE, stray, NULL);
	interrupt_register(CMOS_LINE, tick_and_stray, NULL);
	ticks_start();
	wait_for_ticks(3);
	observe("came=%d", ticks >= 3);
	observe("stray_calls=%u", stray_calls);
	observe("ended_in_handler=%d", ended_in_handler);
}
KTEST(interrupt_spurious);

/* All registers but rsp are loaded, then compared after many interrupts have come and gone: a prime
 * number of them, or a permutation could undo itself. */
uint64_t spin_in[15], spin_out[15];
void registers_spin(void);
__asm__(".text\n"
	"registers_spin:\n"
	"	pushq %rbx\n	pushq %rbp\n	pushq %r12\n	pushq %r13\n	pushq %r14\n	pushq %r15\n"
	"	movq spin_in+0, %rax\n	movq spin_in+8, %rbx\n	movq spin_in+16, %rcx\n"
	"	movq spin_in+24, %rdx\n	movq spin_in+32, %rsi\n	movq spin_in+40, %rdi\n"
	"	movq spin_in+48, %rbp\n	movq spin_in+56, %r8\n	movq spin_in+64, %r9\n"
	"	movq spin_in+72, %r10\n	movq spin_in+80, %r11\n	movq spin_in+88, %r12\n"
	"	movq spin_in+96, %r13\n	movq spin_in+104, %r14\n	movq spin_in+112, %r15\n"
	"	std\n" /* a handler's string instructions must not go backwards */
	"1:	cmpq $41, ticks\n	jb 1b\n"
	"	cld\n"
	"	movq %rax, spin_out+0\n	movq %rbx, spin_out+8\n	movq %rcx, spin_out+16\n"
	"	movq %rdx, spin_out+24\n	movq %rsi, spin_out+32\n	movq %rdi, spin_out+40\n"
	"	movq %rbp, spin_out+48\n	movq %r8, spin_out+56\n	movq %r9, spin_out+64\n"
	"	movq %r10, spin_out+72\n	movq %r11, spin_out+80\n	movq %r12, spin_out+88\n"
	"	movq %r13, spin_out+96\n	movq %r14, spin_out+104\n	movq %r15, spin_out+112\n"
	"	popq %r15\n	popq %r14\n	popq %r13\n	popq %r12\n	popq %rbp\n	popq %rbx\n"
	"	ret\n");

static void interrupt_registers(void)
{
	static const char *const names[] = { "rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "r8",
					     "r9", "r10", "r11", "r12", "r13", "r14", "r15" };

	for (unsigned i = 0; i < array_size(spin_in); i++)
		spin_in[i] = ktest_random();
	ticks_start();
	registers_spin();
	for (unsigned i = 0; i < array_size(spin_in); i++)
		observe("%s=%lx", names[i], spin_out[i]);
	observe("direction_in_handler=%d", direction_in_handler);
}
KTEST(interrupt_registers);

/* Programs a deadline `after` nanoseconds from now (by way of another one, unless `first` is 0); how
 * long until an interrupt comes, at most 4 ms, in units of 10 us. */
static uint64_t deadline_wait(uint64_t first, int64_t after)
{
	uint64_t start = clock_monotonic(), before = this_cpu()->interrupts;

	if (first)
		clock_event_program(start + first);
	clock_event_program(after == INT64_MAX ? ~0UL : start + (uint64_t)after);
	while (this_cpu()->interrupts == before && clock_monotonic() < start + 4 * MILLISECOND)
		cpu_relax();
	return (clock_monotonic() - start) / 10000;
}

static void timer_deadline(void)
{
	observe("after_10us=%lu", deadline_wait(0, MILLISECOND));
	observe("earlier_wins_10us=%lu", deadline_wait(3 * MILLISECOND, MILLISECOND));
	observe("cancelled_10us=%lu", deadline_wait(MILLISECOND, INT64_MAX));
	observe("past_is_at_once=%d", deadline_wait(0, -(int64_t)MILLISECOND) < 10);
}
KTEST(timer_deadline);

static void clock_rate(void)
{
	uint64_t last = clock_monotonic(), now, backwards = 0;
	uint64_t error = tsc_hertz > 1000000000 ? tsc_hertz - 1000000000 : 1000000000 - tsc_hertz;

	for (int i = 0; i < 10000; i++, last = now) {
		now = clock_monotonic();
		backwards += now < last;
	}
	observe("backwards=%lu", backwards);
	observe("within_0.2_percent=%d", error <= 2000000);
}
KTEST(clock_rate);
