/* SPDX-License-Identifier: MIT */
/*
 * driver.c - brings up every driver that is linked.
 *
 * Drivers look for their hardware themselves; one that finds none returns without a word. A driver
 * must not sleep here: there is no task that could run instead.
 */
#include "arch/arch.h"
#include "drivers/driver.h"
#include "lib/assert.h"
#include "lib/printf.h"

void drivers_init(void)
{
	struct driver **each;

	registry_for_each(driver, each)
	{
		assert((*each)->init && !interrupts_enabled());
		kprintf(LOG_DEBUG, "driver: %s", (*each)->name);
		(*each)->init();
	}
}
