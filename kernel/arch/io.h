/* SPDX-License-Identifier: MIT */
/*
 * io.h - the x86 port space (SDM vol. 1, chapter 19) and memory-mapped device registers.
 *
 * A device register has side effects: each access happens exactly once, in program order.
 */
#pragma once

#include "lib/types.h"

static inline uint8_t inb(uint16_t port)
{
	uint8_t value;

	__asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port) : "memory");
	return value;
}
static inline uint16_t inw(uint16_t port)
{
	uint16_t value;

	__asm__ volatile("inw %1, %0" : "=a"(value) : "Nd"(port) : "memory");
	return value;
}
static inline uint32_t inl(uint16_t port)
{
	uint32_t value;

	__asm__ volatile("inl %1, %0" : "=a"(value) : "Nd"(port) : "memory");
	return value;
}
static inline void outb(uint16_t port, uint8_t value)
{
	__asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port) : "memory");
}
static inline void outw(uint16_t port, uint16_t value)
{
	__asm__ volatile("outw %0, %1" : : "a"(value), "Nd"(port) : "memory");
}
static inline void outl(uint16_t port, uint32_t value)
{
	__asm__ volatile("outl %0, %1" : : "a"(value), "Nd"(port) : "memory");
}
/* Many bytes through one port, in one instruction (a data register, the report channel). */
static inline void outb_many(uint16_t port, const void *from, size_t bytes)
{
	__asm__ volatile("rep outsb" : "+S"(from), "+c"(bytes) : "d"(port) : "memory");
}
static inline void inw_many(uint16_t port, void *to, size_t words)
{
	__asm__ volatile("rep insw" : "+D"(to), "+c"(words) : "d"(port) : "memory");
}
static inline void outw_many(uint16_t port, const void *from, size_t words)
{
	__asm__ volatile("rep outsw" : "+S"(from), "+c"(words) : "d"(port) : "memory");
}

static inline uint32_t mmio_read32(const void *at)
{
	return *(const volatile uint32_t *)at;
}
static inline void mmio_write32(void *at, uint32_t value)
{
	*(volatile uint32_t *)at = value;
}
