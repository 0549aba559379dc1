/* SPDX-License-Identifier: MIT */
/*
 * description.h - abi/syscalls.def as data: each call's name and the kinds of its arguments.
 */
#pragma once

#include "lib/types.h"

enum argument_kind {
	ARGUMENT_NONE, /* there are no more */
	ARGUMENT_INT, /* signed, printed in decimal */
	ARGUMENT_LONG,
	ARGUMENT_UNSIGNED,
	ARGUMENT_HEX, /* also places in memory and what depends on other arguments */
	ARGUMENT_DIRECTORY, /* a descriptor or AT_FDCWD */
	ARGUMENT_MODE,
	ARGUMENT_SIGNAL,
	ARGUMENT_NAMED, /* bits or values with names: `names` */
	ARGUMENT_STRING,
	ARGUMENT_STRINGS,
	ARGUMENT_OBJECT, /* a pointer to one object or many: `way`, `type`, `bytes`, `count` */
};

enum argument_way { WAY_IN = 1, WAY_OUT = 2, WAY_INOUT = 3 };

struct argument_names; /* names.h */

struct argument {
	uint8_t kind; /* enum argument_kind */
	uint8_t way;  /* enum argument_way, of objects */
	bool wide;    /* the whole register, not only its lower half */
	uint32_t bytes;	   /* of one object */
	const char *name;  /* as in syscalls.def */
	const char *type;  /* of an object, or NULL: bytes */
	const char *count; /* the name of the argument that says how many, or NULL: one */
	const struct argument_names *names;
};

#define SYSCALL_ARGUMENTS 6
struct syscall_description {
	const char *name;
	const struct argument arguments[SYSCALL_ARGUMENTS];
};

/* NULL: Linux has no such call either. */
const struct syscall_description *syscall_describe(unsigned number);
