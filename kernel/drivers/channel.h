/* SPDX-License-Identifier: MIT */
/*
 * channel.h - raw channels to the program that runs the machine.
 *
 * The protocol on the wire is told in channel.c; who runs the machine must speak it too.
 */
#pragma once

#include "lib/types.h"

/* Whether the host offers channel 0 (input), 1, 2 (output, errors) or 3 (report). */
bool channel_present(unsigned number);
