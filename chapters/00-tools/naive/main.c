/* SPDX-License-Identifier: MIT */
/*
 * main.c - what boots while there is nothing but a log: it says so through the serial line, runs a
 * test where one is wanted, and switches the machine off.  Chapter 1's kernel/main.c replaces it.
 *
 * No fault is caught: the first one resets the machine.  Interrupts are on, as they are behind
 * kernel/main.c's boot, but every line of the controllers is masked, so none comes.
 */
#include "arch/arch.h"
#include "arch/boot_info.h"
#include "arch/controller.h"
#include "arch/cpu_init.h"
#include "arch/interrupts.h"
#include "drivers/power.h"
#include "lib/command_line.h"
#include "lib/printf.h"
#include "main.h"

void kmain(void)
{
	cpu_init();
	report_init();
	clock_init();
	log_console_level = (int)command_line_number("loglevel", LOG_NOTICE);
	serial_init();
	kprintf(LOG_NOTICE, "Strix: booted by %s", boot_info.loader);
	power_init();
	pic_init();
	interrupts_enable();
	ktest_run_wanted();
	kprintf(LOG_WARNING, "There is nothing here but a log: %lu bytes of it so far.", log_end());
	machine_power_off();
}
