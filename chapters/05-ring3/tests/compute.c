/* SPDX-License-Identifier: MIT */
/* compute.c - runs at all: data, stack and arithmetic give the right sum. */
#include "test.h"

static uint32_t numbers[1000];

static void sort(uint32_t *from, uint32_t *to)
{
	uint32_t *left = from + 1, *right = to, pivot = *from;

	if (to - from < 2)
		return;
	while (left < right) {
		if (*left <= pivot) {
			left++;
		} else {
			uint32_t value = *--right;

			*right = *left;
			*left = value;
		}
	}
	*from = left[-1];
	left[-1] = pivot;
	sort(from, left - 1);
	sort(left, to);
}

TEST
{
	uint32_t state = 12345, sum = 0;

	for (unsigned i = 0; i < 1000; i++)
		numbers[i] = state = state * 1664525 + 1013904223;
	sort(numbers, numbers + 1000);
	for (unsigned i = 0; i < 1000; i++)
		sum = sum * 31 + numbers[i];
	answer(sum);
}
