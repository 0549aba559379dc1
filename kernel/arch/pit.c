/* SPDX-License-Identifier: MIT */
/*
 * pit.c - the 8254: three 16-bit counters at 1.193182 MHz, of which channel 0 interrupts on line 0.
 * The firmware leaves it running, 18.2 times a second; unless it is our timer, it is stopped.
 *
 * Intel 8254 data sheet. A count is two bytes through one port, low first: with interrupts off, so
 * that nobody gets in between. As a timer it reaches 55 ms at most; timer_event.c arms it again.
 */
#include "arch/io.h"
#include "arch/pit.h"
#include "lib/assert.h"

#define PIT_CHANNEL0 0x40
#define PIT_CONTROL  0x43

#define CONTROL_LATCH	 0x00 /* channel 0: hold the counter for two reads */
#define CONTROL_ONE_SHOT 0x30 /* channel 0, low then high byte, mode 0: interrupt at the end */
#define CONTROL_RATE	 0x34 /* channel 0, low then high byte, mode 2: reloads itself */

static void pit_load(uint8_t control, uint16_t count)
{
	outb(PIT_CONTROL, control);
	outb(PIT_CHANNEL0, (uint8_t)count);
	outb(PIT_CHANNEL0, (uint8_t)(count >> 8));
}

void pit_count_freely(void)
{
	pit_load(CONTROL_RATE, 0); /* means 65536 */
}

uint16_t pit_counter(void)
{
	uint8_t low;

	outb(PIT_CONTROL, CONTROL_LATCH);
	low = inb(PIT_CHANNEL0);
	return (uint16_t)(inb(PIT_CHANNEL0) << 8 | low);
}

/* In mode 0 the counter waits for its count, which never comes. */
void pit_stop(void)
{
	outb(PIT_CONTROL, CONTROL_ONE_SHOT);
}

static void pit_arm(uint64_t ticks)
{
	assert(ticks > 0 && ticks <= 0xffff); /* 0 would mean 65536 */
	pit_load(CONTROL_ONE_SHOT, (uint16_t)ticks);
}

struct timer_event pit_timer = {
	.name = "PIT",
	.ticks_max = 0xffff,
	.arm = pit_arm,
	.stop = pit_stop,
	.hertz = PIT_HERTZ,
};
