/* SPDX-License-Identifier: MIT */
/* image.h - rights of the kernel image's pages (image.c). */
#pragma once

#include "arch/arch.h"

/* Once, after cpu_init(); no code is patched after it. */
void image_protect(void);
