/* SPDX-License-Identifier: MIT */
/*
 * power.h - ending the machine.  None of these returns, fails or needs interrupts.
 */
#pragma once

#include "lib/types.h"

/* A step of kmain(): remembers how ACPI does it while the firmware's tables are at hand. */
void power_init(void);

void machine_power_off(void) noreturn;
void machine_restart(void) noreturn;
void machine_halt(void) noreturn;
/* After a panic: under a runner (isa-debug-exit) it ends with a status of its own; else it
 * halts. */
void machine_exit_panic(void) noreturn;
