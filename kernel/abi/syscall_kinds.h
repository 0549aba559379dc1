/* SPDX-License-Identifier: MIT */
/*
 * syscall_kinds.h - what each kind of argument of syscalls.def is in C, unless the includer has
 * defined it otherwise.  Included once for every use of the list, so there is no `#pragma once`.
 *
 * The kernel sees every pointer as a user_address: a claim, never dereferenced.
 */
#ifndef SYSCALL
#define SYSCALL(number, name, ...)
#endif
#ifndef PLANNED
#define PLANNED(number, name, ...)
#endif
#ifndef UNIMPLEMENTED
#define UNIMPLEMENTED(number, name)
#endif

#ifndef NONE
#define NONE void
#endif
#ifndef FD
#define FD(n) int n
#endif
#ifndef DIRFD
#define DIRFD(n) int n
#endif
#ifndef INT
#define INT(n) int n
#endif
#ifndef UINT
#define UINT(n) unsigned int n
#endif
#ifndef LONG
#define LONG(n) int64_t n
#endif
#ifndef ULONG
#define ULONG(n) uint64_t n
#endif
#ifndef HEX
#define HEX(n) unsigned int n
#endif
#ifndef SIZE
#define SIZE(n) size_t n
#endif
#ifndef OFFSET
#define OFFSET(n) int64_t n
#endif
#ifndef MODE
#define MODE(n) unsigned int n
#endif
#ifndef ID
#define ID(n) unsigned int n
#endif
#ifndef PID
#define PID(n) int n
#endif
#ifndef SIGNAL
#define SIGNAL(n) int n
#endif
#ifndef FLAGS
#define FLAGS(n, set) int n
#endif
#ifndef LFLAGS
#define LFLAGS(n, set) uint64_t n
#endif
#ifndef CHOICE
#define CHOICE(n, set) int n
#endif
#ifndef REQUEST
#define REQUEST(n) unsigned int n
#endif
#ifndef ADDRESS
#define ADDRESS(n) user_address n
#endif
#ifndef PATH
#define PATH(n) user_address n
#endif
#ifndef STRING
#define STRING(n) user_address n
#endif
#ifndef STRINGS
#define STRINGS(n) user_address n
#endif
#ifndef IN
#define IN(n, type) user_address n
#endif
#ifndef OUT
#define OUT(n, type) user_address n
#endif
#ifndef INOUT
#define INOUT(n, type) user_address n
#endif
#ifndef IN_BYTES
#define IN_BYTES(n, count) user_address n
#endif
#ifndef OUT_BYTES
#define OUT_BYTES(n, count) user_address n
#endif
#ifndef IN_ARRAY
#define IN_ARRAY(n, type, count) user_address n
#endif
#ifndef OUT_ARRAY
#define OUT_ARRAY(n, type, count) user_address n
#endif
#ifndef INOUT_ARRAY
#define INOUT_ARRAY(n, type, count) user_address n
#endif
#ifndef POINTER
#define POINTER(n) user_address n
#endif
