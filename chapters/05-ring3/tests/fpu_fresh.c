/* SPDX-License-Identifier: MIT */
/* fpu_fresh.c - the FPU as the ABI promises it: control words 37f and 1f80, registers zero. */
#include "test.h"

TEST
{
	uint8_t state[512] __attribute__((aligned(16)));
	uint32_t sum = 0;

	__asm__ volatile("fxsave %0" : "=m"(state));
	for (unsigned i = 32; i < 416; i++) /* st0-7, xmm0-15 */
		sum |= state[i];
	answer((uint32_t)(state[1] << 8 | state[0]) << 16 | *(uint32_t *)(state + 24) | sum);
}
