/* SPDX-License-Identifier: MIT */
/* selectors.c - code and stack segments have the privilege of users; data segments are none. */
#include "test.h"

TEST
{
	uint32_t cs, ss, ds, es;

	__asm__ volatile("movl %%cs, %0; movl %%ss, %1; movl %%ds, %2; movl %%es, %3"
			 : "=r"(cs), "=r"(ss), "=r"(ds), "=r"(es));
	answer(cs << 24 | ss << 16 | ds << 8 | es);
}
