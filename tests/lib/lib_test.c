/* SPDX-License-Identifier: MIT */
/*
 * lib_test.c - the kernel's cpio reader and its random generator as a program of this machine:
 *	lib_test cpio <ARCHIVE		its entries, a line each, then "end" or the error
 *	lib_test random SEED COUNT	COUNT bytes in hexadecimal, from four times the seed
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/assert.h"
#include "lib/cpio.h"
#include "lib/random.h"

static uint64_t seed_word;

void random_seed(uint64_t seed[4])
{
	for (int i = 0; i < 4; i++)
		seed[i] = seed_word;
}

void assert_failed(const char *condition, const char *file, int line)
{
	printf("assertion failed: %s:%d: %s\n", file, line, condition);
	abort();
}

/* The archive lies at the end of its allocation, so that a sanitizer sees every byte too far. */
static int archive_show(void)
{
	static char input[1 << 20];
	size_t bytes = fread(input, 1, sizeof(input), stdin);
	char *archive = malloc(bytes ? bytes : 1);
	struct cpio_entry entry;
	struct cpio cpio;
	int result;

	memcpy(archive, input, bytes);
	cpio_open(&cpio, archive, bytes);
	while ((result = cpio_next(&cpio, &entry)) > 0) {
		unsigned sum = 0;

		for (uint32_t i = 0; i < entry.size; i++)
			sum += (unsigned char)entry.data[i];
		printf("%s %o %u %u %u %u\n", entry.name, entry.mode, entry.uid, entry.mtime,
		       entry.size, sum);
	}
	printf("%s\n", result ? cpio.error : "end");
	free(archive);
	return 0;
}

static int random_show(const char *seed, const char *count)
{
	unsigned char byte;

	seed_word = strtoull(seed, NULL, 0);
	for (int left = atoi(count); left > 0; left--) {
		random_bytes(&byte, 1);
		printf("%02x", byte);
	}
	printf("\n");
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "cpio") == 0)
		return archive_show();
	if (argc == 4 && strcmp(argv[1], "random") == 0)
		return random_show(argv[2], argv[3]);
	return 2;
}
