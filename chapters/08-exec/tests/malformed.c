/* SPDX-License-Identifier: MIT */
/*
 * malformed.c - files that begin like a program and are none (malformed.py makes them): what the
 * headers show is an error for the caller, what shows while mapping ends the program.
 */
#include "test.h"

#include "images.h"

TEST
{
	static const char *const names[] = {
		"whole", "magic", "relocatable", "core", "machine_386", "entry_size", "no_headers",
		"headers_73", "headers_74", "headers_past_end", "headers_cross_end", "headers_far",
		"headers_negative", "cut_in_header", "cut_in_segments", "class_is_not_read",
		"entry_0", "entry_kernel", "no_load", "kernel_address", "memory_below_file",
		"memory_for_ever", "offset_disagrees",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		observe(names[i], image_run(text("/m_%s", names[i])));
	return 0;
}
