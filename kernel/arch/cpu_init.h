/* SPDX-License-Identifier: MIT */
/* cpu_init.h - the processor's own set-up, called once by kmain() before anything else. */
#pragma once

#include "arch/arch.h"

void cpu_init(void); /* features, control registers, GS, SYSCALL, FPU */
void fpu_init(void); /* fpu.c */
unsigned fpu_exception_bits(bool x87);
void syscall_init(void); /* syscall_init.c: where SYSCALL enters; later than the rest */
