/* SPDX-License-Identifier: MIT */
/*
 * power.c - ending the machine, by every way that an emulator or a PC knows, one after the other.
 *
 * Under a runner the port of isa-debug-exit ends QEMU with status 2 * value + 1, which tells an
 * orderly end from a panic.  Where there is none the write goes nowhere, and ACPI's "soft off"
 * follows: SLP_EN with the sleep type of state S5 to the register that the FADT names.  The sleep
 * type is in AML, which we do not interpret; it is 0 on QEMU, and Bochs has a port of its own.
 * Real machines with another sleep type stay on, halted: safe to switch off.
 *
 * The serial ports are drained first: what is still in a UART when the machine ends is lost.
 *
 * Nothing here may rely on anything: the caller may be a panic in any state. So no locks, no
 * memory, no interrupts; every wait is bounded, and the last resort is to halt.
 */
#include "arch/arch.h"
#include "arch/io.h"
#include "drivers/acpi.h"
#include "drivers/power.h"
#include "drivers/serial.h"
#include "lib/assert.h"
#include "lib/command_line.h"
#include "lib/string.h"

#define DEBUG_EXIT_PORT	 0xf4
#define DEBUG_EXIT_DONE	 0x10 /* QEMU ends with status 33 */
#define DEBUG_EXIT_PANIC 0x11 /* 35 */
#define BOCHS_PORT	 0x8900
#define FADT_PM1A_CNT	 64 /* offset of the register's I/O port in the table "FACP" */
#define PM1_SLP_EN	 0x2000
#define KEYBOARD_COMMAND 0x64
#define KEYBOARD_RESET	 0xfe /* pulse the processor's reset line */

static uint16_t pm1a_control = 0x604; /* QEMU's, until the FADT is read */

void power_init(void)
{
	const struct acpi_header *fadt = acpi_table("FACP");
	uint32_t port = 0;

	if (fadt && fadt->length >= FADT_PM1A_CNT + sizeof(port))
		memcpy(&port, (const uint8_t *)fadt + FADT_PM1A_CNT, sizeof(port));
	if (port && port < 0x10000)
		pm1a_control = (uint16_t)port;
	assert(pm1a_control);
}

static void last_words(void)
{
	interrupts_disable();
	serial_drain(&serial_com1);
	serial_drain(&serial_com2);
	assert(!interrupts_enabled());
}

static void stand_still(void) noreturn;
static void stand_still(void)
{
	for (;;) {
		interrupts_disable();
		cpu_halt();
	}
}

void machine_halt(void)
{
	last_words();
	stand_still();
}

void machine_power_off(void)
{
	last_words();
	/* The runner's way first: it gives a status, which ACPI cannot. */
	outl(DEBUG_EXIT_PORT, DEBUG_EXIT_DONE);
	outw(pm1a_control, PM1_SLP_EN);
	for (const char *c = "Shutdown"; *c; c++)
		outb(BOCHS_PORT, (uint8_t)*c);
	stand_still();
}

void machine_restart(void)
{
	last_words();
	outb(KEYBOARD_COMMAND, KEYBOARD_RESET);
	for (int i = 0; i < 100000; i++) /* the controller takes its time */
		inb(KEYBOARD_COMMAND);
	/* Where the keyboard controller does not reset: an exception without a handler always
	 * does. */
	cpu_triple_fault();
	stand_still();
}

void machine_exit_panic(void)
{
	char wish[8];

	last_words();
	outl(DEBUG_EXIT_PORT, DEBUG_EXIT_PANIC);
	if (command_line_get("panic", wish, sizeof(wish)) && !strcmp(wish, "exit"))
		machine_power_off();
	stand_still(); /* the screen shows what happened */
}
