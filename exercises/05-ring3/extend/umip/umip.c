/* SPDX-License-Identifier: MIT */
/*
 * umip.c - SGDT, SIDT, SMSW, SLDT and STR where user programs may not execute them (UMIP): what an old program
 * finds all the same.
 *
 * Without system calls the program can only die of what it saw: each fact is a bit of the address (umip.py
 * names them).  The last one is how it dies: by SGDT itself, to a place where nothing is.
 */
#include "test.h"

static uint32_t facts;
static uint8_t bytes[64] __attribute__((aligned(16)));

static void fact(unsigned bit, bool seen)
{
	facts |= (uint32_t)seen << bit;
}

/* The ten bytes at `at` are this table's, and the eleventh is as it was. */
static void table(unsigned bit, const uint8_t *at, uint64_t base)
{
	uint64_t found;

	memcpy(&found, at + 2, 8);
	fact(bit, found == base);
	fact(bit + 1, at[0] == 0 && at[1] == 0);
	fact(bit + 2, at[10] == 0x5a);
}

static void fill(void)
{
	memset(bytes, 0x5a, sizeof(bytes));
}

#define GDT 0xfffffffffffe0000UL
#define IDT 0xffffffffffff0000UL

static bool is_gdt(const void *at)
{
	uint64_t found;

	memcpy(&found, at + 2, 8);
	return found == GDT;
}

static void values(void)
{
	fill();
	__asm__ volatile("sgdt (%0)" : : "r"(bytes) : "memory");
	table(0, bytes, GDT);
	fill();
	__asm__ volatile("sidt (%0)" : : "r"(bytes) : "memory");
	table(3, bytes, IDT);
	fill();
	__asm__ volatile("smsw (%0)" : : "r"(bytes) : "memory");
	fact(6, bytes[0] == 0x33 && bytes[1] == 0);
	fact(7, bytes[2] == 0x5a);
	fill();
	__asm__ volatile("sldt (%0); str 4(%0)" : : "r"(bytes) : "memory");
	fact(8, bytes[0] == 0 && bytes[1] == 0 && bytes[2] == 0x5a);
	fact(9, bytes[4] == 0x40 && bytes[5] == 0 && bytes[6] == 0x5a);
}

/* Of 16, 32 and 64 bits. */
static void registers(void)
{
	uint64_t a = ~0UL, b = ~0UL, c = ~0UL;

	__asm__ volatile(".byte 0x66, 0x0f, 0x01, 0xe1" : "+c"(a)); /* smsw %cx */
	__asm__ volatile("smsw %k0" : "+r"(b));
	__asm__ volatile("smsw %q0" : "+r"(c));
	fact(10, a == 0xffffffffffff0033);
	fact(11, (uint32_t)b == 0x80050033);
	fact(12, b >> 32 == 0);
	fact(13, c == 0x80050033);
}

/* Where the operand is: bases and indexes of both halves, each length of the displacement, %rip. */
static void places(void)
{
	uint8_t *end = bytes + 48;

	fill();
	__asm__ volatile("sgdt -48(%0)" : : "r"(end) : "memory");
	fact(14, is_gdt(bytes));
	fill();
	__asm__ volatile("sgdt 0x12345(%0, %1, 8)" : : "r"((uint64_t)bytes - 0x12345 - 80), "r"(12L) : "memory");
	fact(15, is_gdt(bytes + 16));
	fill();
	__asm__ volatile("sgdt bytes+16(%%rip)" : : : "memory");
	fact(16, is_gdt(bytes + 16));
	fill();
	__asm__ volatile("movq %0, %%r12; movq %0, %%r13; movq $16, %%r14; sgdt (%%r12)\n"
			 "sgdt 16(%%r13)\n sgdt 16(%%r13, %%r14)" : : "r"(bytes) : "r12", "r13", "r14", "memory");
	fact(17, is_gdt(bytes) && is_gdt(bytes + 16) && is_gdt(bytes + 32));
	fill();
	__asm__ volatile("sgdt bytes" : : : "memory");
	fact(18, is_gdt(bytes));
	fill();
	__asm__ volatile("sgdt (%k0)" : : "r"((uint64_t)bytes | 7UL << 40) : "memory");
	fact(19, is_gdt(bytes));
}

TEST
{
	char *nowhere = (char *)0x100000000000UL;

	values();
	registers();
	places();
	__asm__ volatile("sgdt (%0)" : : "r"(nowhere + ((uint64_t)(facts | 1U << 20) << 12)) : "memory");
	answer(facts);
}
