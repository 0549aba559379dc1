/* SPDX-License-Identifier: MIT */
/*
 * keyboard.h - the PS/2 keyboard: keys in, the bytes that a terminal sends out.
 *
 * Bytes go into a ring; `received` is then called, from the interrupt, for whoever consumes them.
 * What finds the ring full is dropped, as a whole key.
 */
#pragma once

#include "lib/types.h"

/* Programs the controller and turns on interrupts from the keyboard, if there is one. */
void keyboard_init(void);
/* What has been typed, up to `room` bytes; 0: nothing.  Any context. */
size_t keyboard_read(void *to, size_t room);
void keyboard_set_received(void (*received)(void));
