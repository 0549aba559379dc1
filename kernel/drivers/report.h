/* SPDX-License-Identifier: MIT */
/*
 * report.h - the report channel: records of what happened, for the program that runs the machine.
 *
 * They travel on a byte port of the emulator (debugcon, 0xe9), apart from the console:
 *	STRX <run> <seq> <kind> <length> <payload: length bytes>\n
 * `run` is the command line's run=HEX, `seq` counts from 0: a lost, doubled or forged record shows.
 * Kinds: data, exit, fault, begin, test, end, counts, panic.  Without such a port records are
 * dropped.
 */
#pragma once

#include "lib/types.h"

void report_init(void); /* a step of kmain(): looks for the port */
/* Any context; the record goes out whole. */
void report_record(const char *kind, const void *bytes, size_t length);
/* The payload from a format; cut at 256 bytes. */
void report_text(const char *kind, const char *format, ...) printf_like(2, 3);
/* Whether somebody listens. */
bool report_present(void);
