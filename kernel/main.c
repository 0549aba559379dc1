/* SPDX-License-Identifier: MIT */
/*
 * main.c - the kernel's table of contents: what is set up, in which order, and why then.
 *
 * Interrupts are off until clocks and drivers are ready.  kmain() ends as the idle task.
 */
#include "arch/arch.h"
#include "arch/cpu_init.h"
#include "arch/descriptors.h"
#include "arch/image.h"
#include "arch/interrupts.h"
#include "lib/command_line.h"
#include "lib/printf.h"
#include "main.h"

static void idle(void) noreturn;
static void idle(void)
{
	for (;;) {
		idle_work();	   /* back, interrupts off, when nobody can run */
		interrupts_wait(); /* enables them and halts in one step: none is lost between */
	}
}

void kmain(void)
{
	cpu_init();		/* features, protections, this_cpu() */
	report_init();		/* the channel to whoever runs this machine: a panic is heard */
	descriptors_init();	/* from here on a fault is a panic */
	clock_init();		/* the first look at two clocks: their ratio shows later */
	log_console_level = (int)command_line_number("loglevel", LOG_NOTICE);
	serial_init();		/* from here on somebody reads the log */
	image_protect();	/* nothing of us is both writable and executable */
	kprintf(LOG_NOTICE, "Strix: booted by %s", boot_info.loader);

	frames_init();		/* who owns each 4 KiB of RAM */
	page_tables_init();	/* the final direct map */
	heap_init();		/* objects of any size */
	power_init();		/* how this machine is switched off */
	interrupts_init();	/* interrupt controllers: nothing comes uncalled */
	syscall_init();		/* where SYSCALL enters */
	drivers_init();		/* screen, keyboard, disks ... */
	tasks_init();		/* this code is a task: the idle one */
	fs_init();		/* the root file system */
	strace_init();		/* whether every system call is logged */
	clock_calibrate_again();/* enough time has passed to know the clocks' rates */
	vdso_init();		/* programs can read the clocks, too */
	interrupts_enable();
	ktest_run_wanted();	/* a test instead of the first program */
	init_start();		/* process 1 */
	idle();
}
