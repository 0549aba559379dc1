/* SPDX-License-Identifier: MIT */
/* control_register.c - the page tables' register cannot even be read. */
#include "test.h"

TEST
{
	uint64_t root;

	__asm__ volatile("movq %%cr3, %0" : "=r"(root));
	answer((uint32_t)root);
}
