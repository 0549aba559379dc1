/* SPDX-License-Identifier: MIT */
/*
 * driver.h - what is set up for each kind of hardware at boot.
 *
 * An open set: REGISTER(driver, keyboard_driver).  `init` looks whether the device is there, and if
 * so takes it into service.  Interrupts are off; no order among drivers may be relied on.
 */
#pragma once

#include "lib/registry.h"

struct driver {
	const char *name;
	void (*init)(void);
};

void drivers_init(void); /* a step of kmain(): every registered driver */
