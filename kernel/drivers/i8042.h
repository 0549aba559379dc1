/* SPDX-License-Identifier: MIT */
/*
 * i8042.h - the keyboard controller of the PC: two ports, a status register, a few commands.
 */
#pragma once

#include "lib/types.h"

#define I8042_KEYBOARD_LINE 1

/* Resets the controller's state: both devices off, no interrupts.  False: there is none. */
bool i8042_init(void);
/* The keyboard on, its codes translated to set 1, an interrupt for each byte. */
void i8042_enable_keyboard(void);
/* The next byte from the keyboard (the mouse's are dropped); false: none waits. */
bool i8042_read_key(uint8_t *byte);
