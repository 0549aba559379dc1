/* SPDX-License-Identifier: MIT */
/*
 * apic.c - the local APIC, which interrupts this processor, and the I/O APIC, which takes the
 * devices' lines (SDM vol. 3, chapter 11; Intel 82093AA).
 *
 * The firmware's MADT (ACPI 6.4, 5.2.12) says where the I/O APIC is and which ISA lines reach other
 * pins, or are level-triggered, than the number says.  Without that table the 8259 pair serves.
 *
 * Order matters at boot: the pair of 8259s is masked first (pic.c), then all pins of the I/O APIC,
 * and only then is the local APIC let in, so that nothing can arrive that has no handler. Pins are
 * unmasked one by one when a driver registers.
 *
 * Locks: interrupts are off wherever these registers are touched: the I/O APIC has one index
 * register, and an interrupt between index and data would use another's.
 */
#include "arch/controller.h"
#include "arch/firmware.h"
#include "arch/local_apic.h"
#include "arch/msr.h"
#include "arch/trap.h"
#include "lib/assert.h"

#define CPUID_1_EDX_APIC (1u << 9)
#define APIC_BASE_ENABLE 0x800UL
#define SPURIOUS_ENABLE	 0x100

#define MADT_ENTRIES	 44 /* offset of the first entry */
#define MADT_IO_APIC	 1
#define MADT_OVERRIDE	 2

#define IO_APIC_INDEX	 0x00
#define IO_APIC_DATA	 0x10
#define IO_APIC_VERSION	 1
#define IO_APIC_ENTRY(n) (0x10 + 2 * (n)) /* low half; high: + 1 */

#define ENTRY_LOW_ACTIVE (1u << 13)
#define ENTRY_LEVEL	 (1u << 15)
#define ENTRY_MASKED	 (1u << 16)

uint8_t *local_apic;

static uint8_t *io_apic;
static uint32_t io_apic_first;	/* the global number of its pin 0 */
static uint32_t io_apic_pins;

static struct line_route {
	uint32_t global; /* interrupt number over all I/O APICs */
	uint32_t flags;	 /* ENTRY_LOW_ACTIVE, ENTRY_LEVEL */
} routes[16];

static uint32_t io_apic_read(unsigned index)
{
	mmio_write32(io_apic + IO_APIC_INDEX, index);
	return mmio_read32(io_apic + IO_APIC_DATA);
}

static void io_apic_write(unsigned index, uint32_t value)
{
	mmio_write32(io_apic + IO_APIC_INDEX, index);
	debug_assert(!interrupts_enabled());
	mmio_write32(io_apic + IO_APIC_DATA, value);
}

/* ACPI 6.4, table 5.26: two bits each of polarity and trigger; 3 is low and level. */
static void read_override(const struct acpi_header *madt, size_t at)
{
	unsigned line = acpi_field8(madt, at + 3), flags = acpi_field16(madt, at + 8);

	/* Firmware's word: an override of a line that ISA does not have is ignored. */
	if (line >= array_size(routes))
		return;
	routes[line].global = acpi_field32(madt, at + 4);
	routes[line].flags = ((flags & 3) == 3 ? ENTRY_LOW_ACTIVE : 0) |
			     ((flags >> 2 & 3) == 3 ? ENTRY_LEVEL : 0);
}

static void read_io_apic(const struct acpi_header *madt, size_t at)
{
	if (io_apic)
		return; /* ISA lines hang at the first one */
	io_apic = direct_map(acpi_field32(madt, at + 4));
	io_apic_first = acpi_field32(madt, at + 8);
}

static void read_madt(const struct acpi_header *madt)
{
	size_t at = MADT_ENTRIES, end = acpi_length(madt);
	uint32_t line;

	for (line = 0; line < array_size(routes); line++)
		routes[line] = (struct line_route){ .global = line };
	/* An entry's length of less than its own header would never end. */
	while (at + 2 <= end && acpi_field8(madt, at + 1) >= 2) {
		if (acpi_field8(madt, at) == MADT_IO_APIC)
			read_io_apic(madt, at);
		else if (acpi_field8(madt, at) == MADT_OVERRIDE)
			read_override(madt, at);
		at += acpi_field8(madt, at + 1);
	}
}

static void io_apic_mask_all(void)
{
	uint32_t pin;

	io_apic_pins = (io_apic_read(IO_APIC_VERSION) >> 16 & 0xff) + 1;
	for (pin = 0; pin < io_apic_pins; pin++)
		io_apic_write(IO_APIC_ENTRY(pin), ENTRY_MASKED);
}

static void local_apic_init(void)
{
	uint64_t base = msr_read(MSR_APIC_BASE);

	msr_write(MSR_APIC_BASE, base | APIC_BASE_ENABLE);
	local_apic = direct_map(base & 0xffffff000UL);
	lapic_write(LAPIC_TPR, 0);
	lapic_write(LAPIC_LVT_TIMER, LAPIC_LVT_MASKED);
	lapic_write(LAPIC_LVT_LINT0, LAPIC_LVT_MASKED); /* the 8259 pair's way in */
	lapic_write(LAPIC_LVT_ERROR, LAPIC_LVT_MASKED);
	/* Last: from here on it delivers. A spurious interrupt must not be ended (SDM vol. 3,
	 * 11.9). */
	lapic_write(LAPIC_SPURIOUS, SPURIOUS_ENABLE | VECTOR_SPURIOUS);
}

bool apic_init(void)
{
	const struct acpi_header *madt = acpi_table("APIC");

	if (!(cpuid(1, 0).edx & CPUID_1_EDX_APIC) || !madt)
		return false;
	read_madt(madt);
	if (!io_apic)
		return false;
	io_apic_mask_all();
	local_apic_init();
	return true;
}

static void apic_unmask(unsigned line)
{
	uint32_t pin = routes[line].global - io_apic_first;

	if (pin >= io_apic_pins)
		return;
	assert(line < array_size(routes));
	/* The half with the destination first: writing the other one unmasks. */
	io_apic_write(IO_APIC_ENTRY(pin) + 1, lapic_read(0x20) & 0xff000000); /* to our APIC's ID */
	io_apic_write(IO_APIC_ENTRY(pin), (VECTOR_LINE0 + line) | routes[line].flags);
}

static void apic_end(unsigned line)
{
	/* One register for all lines: the APIC knows which one is in service. */
	lapic_write(LAPIC_END, 0);
}

const struct interrupt_controller apic_controller = {
	.name = "APIC",
	.unmask = apic_unmask,
	.end = apic_end,
};
