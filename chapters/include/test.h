/* SPDX-License-Identifier: MIT */
/*
 * test.h - what every user-space test program uses.
 *
 * A test does things and writes what it saw, one line `key=value` each, to descriptor 3.  It judges
 * nothing: the lines are compared with those that the same program wrote on Linux.  So a key is
 * unique in its program, and a value says nothing that may differ from run to run (no address, no
 * pid, no time).  Results of sys() are shown as a number, or by name when they are errors: -EBADF.
 *
 *	TEST
 *	{
 *		observe("write_bad_descriptor", sys(SYS_write, 99, "x", 1));
 *		return 0;
 *	}
 *
 * The same source is linked three ways: without a C library as a Linux program and as a flat image
 * that is entered at its first byte (chapters 5-7), and with one as a static program (from 8 on).
 */
#pragma once

#include "linux.h"

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define REPORT 3 /* the descriptor for observations */

/* A program is TEST { ... return exit status; }: also `int main()` when there is a C library. */
int test_main(void);
#define TEST int test_main(void)

void observe(const char *key, long value);		/* decimal, or -ENAME from -1 to -4095 */
void observe_number(const char *key, long value);	/* always decimal */
void observe_hex(const char *key, unsigned long value); /* 0x... */
void observe_text(const char *key, const char *text);	/* bytes outside the printable as \xNN */
void observe_bytes(const char *key, const void *bytes, size_t count); /* the same, any bytes */
void observe_hash(const char *key, const void *bytes, size_t count);  /* 64-bit FNV-1a */
/* With errno: what a C library's call that returned `value` says. */
#define observe_errno(key, value)                                                                  \
	({                                                                                         \
		long observed_ = (long)(value);                                                    \
		observe((key), observed_ == -1 ? -(long)errno : observed_);                        \
	})
/* "name_%d" and the like (%d %u %x %s), in one of four buffers used in turn. */
const char *text(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Whether the kernel can read the byte at `p`, which should be a newline: it is written out, and
 * empty lines do not count.  1, or -EFAULT. */
static inline long probe(const void *p)
{
	return sys(SYS_write, REPORT, p, 1);
}

#define PAGE 4096UL
/* Anonymous private memory, filled with newlines unless PROT_WRITE is missing. */
void *map_pages(size_t pages, int protection);

/* Without a C library: the registers as the program found them, rax rbx rcx rdx rsi rdi rbp r8-r15. */
struct entry {
	uint64_t general[15], rsp, rflags;
};
extern struct entry entry;

/* Without system calls: dies by a write to an address that says `value` (the fault's report has it). */
__attribute__((noreturn)) static inline void answer(uint32_t value)
{
	*(volatile char *)(0x100000000000UL + ((uint64_t)value << 12)) = 0;
	__builtin_unreachable();
}

/* With a C library: what main() got, and the path that this program was executed by. */
extern int test_argc;
extern char **test_argv, **test_envp;
const char *self(void);
void copy_self(const char *to); /* an executable copy of this program, at a new path */

/* Runs `function` in a child and says how that ended: "exit 3", "killed by 11". */
void observe_child(const char *key, void (*function)(void));

/* Without a C library the compiler still calls these; the tests may too. */
void *memset(void *to, int byte, size_t count);
void *memcpy(void *to, const void *from, size_t count);
void *memmove(void *to, const void *from, size_t count);
int memcmp(const void *a, const void *b, size_t count);
size_t strlen(const char *s);
