/* SPDX-License-Identifier: MIT */
/* rusage.h - sums of times and faults in the form of getrusage(2). */
#pragma once

#include "abi/resource.h"
#include "task/process.h"

void rusage_fill(struct rusage *to, const struct rusage_sums *sums);
