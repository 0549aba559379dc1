/* SPDX-License-Identifier: MIT */
/*
 * command_line.h - the words that the boot loader passed: `name=value`, `name`, and after `--`
 * the arguments of init.  The text is copied once at boot; nothing changes it later.
 *
 * Readers need no lock: the text is constant after boot. A name that occurs twice counts the last
 * time, so a boot menu's entry can be overridden behind it.
 */
#pragma once

#include "lib/types.h"

#define COMMAND_LINE_MAX 2048 /* bytes, NUL included; what is longer is cut */

void command_line_set(const char *text);
const char *command_line_text(void);

/* The value of the last `name=value` before `--` copied into `to`; false: not there. */
bool command_line_get(const char *name, char *to, size_t room);
/* Whether the bare word `name` stands before `--`. */
bool command_line_has(const char *name);
/* `name=N` (any C base), or `otherwise`. */
uint64_t command_line_number(const char *name, uint64_t otherwise);
/* What follows `--`: words separated by single spaces, or "". */
const char *command_line_arguments(void);
