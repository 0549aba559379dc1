/* SPDX-License-Identifier: MIT */
/*
 * vga.h - the text screen, 80 x 25: a terminal with TERM=linux, and a console of the log.
 */
#pragma once

#include "lib/types.h"

#define VGA_COLUMNS 80
#define VGA_ROWS    25

/* Interprets and shows; any context. */
void vga_write(const char *text, size_t bytes);
/* Whether the arrow keys shall send their application form (ESC O A). */
bool vga_cursor_keys(void);
/* Who gets the terminal's answers to queries, as if typed; called with interrupts off. */
void vga_set_reply(void (*reply)(const char *text, size_t bytes));
