/* SPDX-License-Identifier: MIT */
/* user_fault.h - what user_fault.c asks of the parts above it. */
#pragma once

#include "arch/arch.h"

/* Upward step: drivers/report.c.  A record for whoever runs the machine; dropped when nobody
 * does. */
void report_record(const char *kind, const void *bytes, size_t length);

/*
 * Upward steps: task/signal_send.c.  Whether the current task has a handler for the signal and does
 * not block it; and sending it for a fault, where neither blocking nor ignoring helps.  In kernels
 * without signals nothing is handled, and a fault ends the program as the default action would.
 */
bool signal_is_handled(int signal);
void signal_force_fault(const struct registers *registers, int signal, int code, uint64_t address);
