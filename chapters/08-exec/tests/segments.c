/* SPDX-License-Identifier: MIT */
/*
 * segments.c - the segments of a program in memory: borders inside pages, zeros behind the file's
 * part, two segments in one page, a place that was not chosen by the linker (segments.py makes them).
 */
#include "test.h"

#include "images.h"

TEST
{
	static const char *const names[] = {
		"data", "page_before", "page_behind", "tail", "zeros", "zeros_end", "zeros_whole_pages", "zeros_inside", "only_zeros",
		"crosses", "one_page", "code_in_the_middle", "headers_elsewhere", "headers_told", "no_rights",
		"past_the_file", "read_only",
		"not_code", "moved", "aligned",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		observe(names[i], image_run(text("/s_%s", names[i])));
	return 0;
}
