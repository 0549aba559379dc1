/* SPDX-License-Identifier: MIT */
/*
 * clock_reference.c - clocks of known rate, only used to measure others: the HPET where a table
 * names one (it tells its period), the ACPI power-management timer (3.579545 MHz), the 8254.
 *
 * The shorter a counter, the sooner it wraps: the 8254's after 55 ms, which boot must not exceed.
 *
 * Why several: the HPET is the best (a wide counter, a period in its own register), but tables may
 * lack it, and small virtual machines have only the 8254. None is used after boot, so there is no
 * lock, and reading one may be slow.
 */
#include "arch/arch.h"
#include "arch/clock_reference.h"
#include "arch/firmware.h"
#include "arch/io.h"
#include "arch/pit.h"

#define FEMTOSECONDS	1000000000000000UL

#define HPET_ADDRESS	44   /* offset in the ACPI table */
#define HPET_PERIOD	0x04 /* register: femtoseconds a tick, at most 100 ns */
#define HPET_CONFIGURE	0x10 /* bit 0 lets it count */
#define HPET_COUNTER	0xf0

#define FADT_PM_TIMER	76 /* offset in the ACPI table: its I/O port */

static uint8_t *hpet;
static uint16_t pm_port;

static uint64_t hpet_read(void)
{
	/* The lower half of the counter: of a 64-bit read a 32-bit path makes two, and the counter
	 * may roll over between them (IA-PC HPET 1.0a, 2.4.7). */
	return mmio_read32(hpet + HPET_COUNTER);
}

static uint64_t pm_read(void)
{
	return inl(pm_port);
}

static uint64_t pit_read(void)
{
	/* It counts down; the others count up. */
	return 0xffffu - pit_counter();
}

static struct clock_reference hpet_reference = {
	.name = "HPET", .mask = 0xffffffff, .read = hpet_read,
};
static const struct clock_reference pm_reference = {
	.name = "ACPI timer", .hertz = 3579545, .mask = 0xffffff, .read = pm_read,
};
static const struct clock_reference pit_reference = {
	.name = "PIT", .hertz = PIT_HERTZ, .mask = 0xffff, .read = pit_read,
};

static bool hpet_find(void)
{
	const struct acpi_header *table = acpi_table("HPET");
	uint32_t period;

	if (!table || acpi_field32(table, HPET_ADDRESS + 4))
		return false; /* beyond what is mapped */
	hpet = direct_map(acpi_field32(table, HPET_ADDRESS));
	period = mmio_read32(hpet + HPET_PERIOD);
	/* 100 ns is the most that the specification allows: what says more is no HPET. */
	if (!period || period > 100000000)
		return false;
	hpet_reference.hertz = FEMTOSECONDS / period;
	mmio_write32(hpet + HPET_CONFIGURE, mmio_read32(hpet + HPET_CONFIGURE) | 1);
	return true;
}

static bool pm_timer_find(void)
{
	const struct acpi_header *table = acpi_table("FACP");

	if (table)
		pm_port = (uint16_t)acpi_field32(table, FADT_PM_TIMER);
	return pm_port != 0;
}

const struct clock_reference *clock_reference_find(void)
{
	if (hpet_find())
		return &hpet_reference;
	if (pm_timer_find())
		return &pm_reference;
	pit_count_freely();
	return &pit_reference;
}
