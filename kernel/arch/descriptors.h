/* SPDX-License-Identifier: MIT */
/* descriptors.h - segments, the task-state segment and the interrupt gates (descriptors.c). */
#pragma once

#include "arch/arch.h"

void descriptors_init(void);
