/* SPDX-License-Identifier: MIT */
/*
 * description.c - abi/syscalls.def as data, for the log and the panic report.  Every kind of
 * argument becomes an initialiser of struct argument.
 *
 * The table is constant and complete: also calls that are not implemented have their names, so
 * that the log of a program's unserved call tells which it was.
 */
#include "abi/syscall_types.h"
#include "abi/syscalls.h"
#include "syscall/description.h"
#include "syscall/names.h"

#define NONE		  { .kind = ARGUMENT_NONE }
#define FD(n)		  { .kind = ARGUMENT_INT, .name = #n }
#define DIRFD(n)	  { .kind = ARGUMENT_DIRECTORY, .name = #n }
#define INT(n)		  { .kind = ARGUMENT_INT, .name = #n }
#define UINT(n)		  { .kind = ARGUMENT_UNSIGNED, .name = #n }
#define LONG(n)		  { .kind = ARGUMENT_LONG, .wide = true, .name = #n }
#define ULONG(n)	  { .kind = ARGUMENT_UNSIGNED, .wide = true, .name = #n }
#define HEX(n)		  { .kind = ARGUMENT_HEX, .name = #n }
#define SIZE(n)		  { .kind = ARGUMENT_UNSIGNED, .wide = true, .name = #n }
#define OFFSET(n)	  { .kind = ARGUMENT_LONG, .wide = true, .name = #n }
#define MODE(n)		  { .kind = ARGUMENT_MODE, .name = #n }
#define ID(n)		  { .kind = ARGUMENT_INT, .name = #n }
#define PID(n)		  { .kind = ARGUMENT_INT, .name = #n }
#define SIGNAL(n)	  { .kind = ARGUMENT_SIGNAL, .name = #n }
#define FLAGS(n, set)	  { .kind = ARGUMENT_NAMED, .name = #n, .names = &names_##set }
#define LFLAGS(n, set)                                                                  \
	{                                                                               \
		.kind = ARGUMENT_NAMED, .wide = true, .name = #n, .names = &names_##set \
	}
#define CHOICE(n, set)	  { .kind = ARGUMENT_NAMED, .name = #n, .names = &names_##set }
#define REQUEST(n)	  { .kind = ARGUMENT_NAMED, .name = #n, .names = &names_ioctl }
#define ADDRESS(n)	  { .kind = ARGUMENT_HEX, .wide = true, .name = #n }
#define POINTER(n)	  { .kind = ARGUMENT_HEX, .wide = true, .name = #n }
#define PATH(n)		  { .kind = ARGUMENT_STRING, .wide = true, .name = #n }
#define STRING(n)	  { .kind = ARGUMENT_STRING, .wide = true, .name = #n }
#define STRINGS(n)	  { .kind = ARGUMENT_STRINGS, .wide = true, .name = #n }
#define OBJECT(n, w, t, size, c)                                                                   \
	{ .kind = ARGUMENT_OBJECT, .way = (w), .wide = true, .bytes = (size), .name = #n,          \
	  .type = (t), .count = (c) }
#define IN(n, t)	     OBJECT(n, WAY_IN, #t, sizeof(t), NULL)
#define OUT(n, t)	     OBJECT(n, WAY_OUT, #t, sizeof(t), NULL)
#define INOUT(n, t)	     OBJECT(n, WAY_INOUT, #t, sizeof(t), NULL)
#define IN_BYTES(n, c)	     OBJECT(n, WAY_IN, NULL, 1, #c)
#define OUT_BYTES(n, c)	     OBJECT(n, WAY_OUT, NULL, 1, #c)
#define IN_ARRAY(n, t, c)    OBJECT(n, WAY_IN, #t, sizeof(t), #c)
#define OUT_ARRAY(n, t, c)   OBJECT(n, WAY_OUT, #t, sizeof(t), #c)
#define INOUT_ARRAY(n, t, c) OBJECT(n, WAY_INOUT, #t, sizeof(t), #c)

static const struct syscall_description descriptions[SYSCALL_COUNT] = {
#define SYSCALL(number, call, ...) [number] = { .name = #call, .arguments = { __VA_ARGS__ } },
#define PLANNED(number, call, ...) [number] = { .name = #call, .arguments = { __VA_ARGS__ } },
#define UNIMPLEMENTED(number, call) [number] = { .name = #call },
#include "abi/syscalls.def"
};

const struct syscall_description *syscall_describe(unsigned number)
{
	/* Holes: 335 to 423 were skipped, so that new calls have one number on all machines. */
	if (number >= SYSCALL_COUNT || !descriptions[number].name)
		return NULL;
	return &descriptions[number];
}
