/* SPDX-License-Identifier: MIT */
/* fpu_areas.h - memory for FPU states (task.c); contents are arbitrary. */
#pragma once

#include "arch/arch.h"

#define FPU_AREA_TAIL 8 /* bytes behind fpu_area_size that are there too */

struct fpu_area *fpu_area_alloc(void); /* NULL: no memory */
void fpu_area_free(struct fpu_area *area); /* NULL is allowed */
