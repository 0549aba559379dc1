/* SPDX-License-Identifier: MIT */
/* libc.c - an ordinary program with a C library: heap, sorting, formatting, floating point, TLS. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Thread_local int local = 42, other;

static int by_value(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

TEST
{
	int *numbers = malloc(10000 * sizeof(*numbers)), inversions = 0;
	char *large = calloc(1, 3 << 20), line[100];

	for (int i = 0; i < 10000; i++)
		numbers[i] = i * 7919 % 10007;
	qsort(numbers, 10000, sizeof(*numbers), by_value);
	for (int i = 1; i < 10000; i++)
		inversions += numbers[i] < numbers[i - 1];
	observe("inversions", inversions);
	observe("large_is_zero", large[0] | large[(3 << 20) - 1]);
	observe("thread_local", local + other);
	snprintf(line, sizeof(line), "%.6f %g %s %zu", 3.14159265358979, 1e100, "owl", sizeof(line));
	observe_text("formatted", line);
	free(numbers);
	free(large);
	return 17;
}
