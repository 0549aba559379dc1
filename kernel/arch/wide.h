/* SPDX-License-Identifier: MIT */
/* wide.h - products of two 64-bit numbers, which have 128 bits. */
#pragma once

#include "lib/types.h"

/* a * b / c; the result must fit (else #DE). */
static inline uint64_t multiply_divide(uint64_t a, uint64_t b, uint64_t c)
{
	uint64_t low, high, quotient;

	__asm__("mulq %3" : "=a"(low), "=d"(high) : "0"(a), "r"(b));
	__asm__("divq %2" : "=a"(quotient), "+d"(high) : "r"(c), "0"(low));
	return quotient;
}
/* a * scale / 2^32: a fixed-point factor. */
static inline uint64_t multiply_scale(uint64_t a, uint64_t scale)
{
	return (uint64_t)((unsigned __int128)a * scale >> 32);
}
