/* SPDX-License-Identifier: MIT */
/*
 * registry.h - open sets: drivers, file systems, executable formats, /proc entries, in-kernel
 * tests.
 *
 * REGISTER(set, object) puts one *pointer* to `object` into the linker section `registry.set`;
 * kernel.ld names each section with KEEP and start and stop symbols, so that an empty set links.
 * Pointers only: an array of structs in a section is padded differently by different compilers.
 * No consumer may depend on the order.
 *
 *	static struct file_system ramfs = { .name = "ramfs", ... };
 *	REGISTER(file_system, ramfs);
 *
 *	struct file_system **each;
 *	registry_for_each(file_system, each) use(*each);
 */
#pragma once

#include "lib/types.h"

#define REGISTER(set, object)                                                                      \
	static __typeof__(object) *const registered_##set##_##object                               \
		__attribute__((section("registry." #set), used)) = &(object)

/* `each` is a `struct set **`. */
#define registry_for_each(set, each)                                                               \
	extern struct set *registry_##set##_start[], *registry_##set##_stop[];                     \
	for (each = registry_##set##_start; each < registry_##set##_stop; each++)
