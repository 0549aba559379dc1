/* SPDX-License-Identifier: MIT */
/*
 * keyboard.h - the PS/2 keyboard: keys in, the bytes that a terminal sends out.
 *
 * Bytes go into a ring; `received` is then called, from the interrupt, for whoever consumes them.
 * What finds the ring full is dropped, as a whole key.
 */
#pragma once

#include "lib/types.h"

/* What has been typed, up to `room` bytes; 0: nothing.  Any context. */
size_t keyboard_read(void *to, size_t room);
/* Adds bytes as if they were typed, without calling `received`. */
void keyboard_feed(const char *text, size_t bytes);
void keyboard_set_received(void (*received)(void));
