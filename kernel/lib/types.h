/* SPDX-License-Identifier: MIT */
/*
 * types.h - the scalar types and small macros that every file may use.
 *
 * Addresses have a type by the world they belong to: a physical_address is what page tables and
 * devices speak, a user_address is a claim by a user program (never dereferenced, only handed to
 * memory/user_copy.h), and a kernel pointer is an ordinary C pointer.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stddef.h>
#include <stdarg.h>

typedef uint64_t physical_address; /* bytes from the start of physical memory */
typedef uint64_t user_address;	   /* an address as a user program gave it, unchecked */
typedef int64_t ssize_t;
typedef int64_t loff_t; /* a position in a file, in bytes */

#define PAGE_SHIFT 12
#define PAGE_SIZE  4096UL
#define PAGE_MASK  (~(PAGE_SIZE - 1))

#define likely(x)   __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

#define array_size(a) (sizeof(a) / sizeof((a)[0]))

/* The struct of type `type` whose member `member` is at `pointer`. */
#define container_of(pointer, type, member) ((type *)((char *)(pointer) - offsetof(type, member)))

#define min(a, b)                                                                                  \
	({                                                                                         \
		__typeof__(a) min_a_ = (a);                                                        \
		__typeof__(b) min_b_ = (b);                                                        \
		min_a_ < min_b_ ? min_a_ : min_b_;                                                 \
	})
#define max(a, b)                                                                                  \
	({                                                                                         \
		__typeof__(a) max_a_ = (a);                                                        \
		__typeof__(b) max_b_ = (b);                                                        \
		max_a_ > max_b_ ? max_a_ : max_b_;                                                 \
	})

/* Rounding to a power of two; round_up wraps to 0 at the top of the range: check before. */
#define round_down(x, to) ((x) & ~((__typeof__(x))(to)-1))
#define round_up(x, to)	  (((x) + ((__typeof__(x))(to)-1)) & ~((__typeof__(x))(to)-1))

#define static_assert _Static_assert
#define noreturn      __attribute__((noreturn))
#define weak	      __attribute__((weak))
#define packed	      __attribute__((packed))
#define aligned(n)    __attribute__((aligned(n)))
#define printf_like(text, first) __attribute__((__format__(printf, text, first)))

/* The compiler may neither drop, repeat nor reorder this access. */
#define read_once(x)	 (*(const volatile __typeof__(x) *)&(x))
#define write_once(x, v) (*(volatile __typeof__(x) *)&(x) = (v))
/* Nor move other accesses across this; the processor keeps stores in order, and so loads. */
#define memory_order()	 __asm__ volatile("" : : : "memory")
