/* SPDX-License-Identifier: MIT */
/*
 * random.c - the generator.  State: the key, and the stream made from it that is not handed out
 * yet: stream[used ...].  Invariant: stream[0 ... used - 1] is zero.
 *
 * No lock: a caller runs to the end, since nothing here sleeps and interrupts take no random
 * bytes.
 *
 * Erasure: bytes that were handed out are zeroed at once, and each refill begins with a new key
 * that cannot be computed back; whoever reads the kernel's memory later learns nothing about the
 * past.
 */
#include "lib/assert.h"
#include "lib/random.h"
#include "lib/string.h"

#define KEY_WORDS    8
#define BLOCK_WORDS  16
#define STREAM_BYTES 256 /* 4 blocks */

static uint32_t key[KEY_WORDS];
static uint8_t stream[STREAM_BYTES] aligned(8);
static size_t used = STREAM_BYTES;
static bool seeded;

static inline uint32_t rotate(uint32_t x, int bits)
{
	return x << bits | x >> (32 - bits);
}

static inline void quarter_round(uint32_t *s, int a, int b, int c, int d)
{
	s[a] += s[b]; s[d] = rotate(s[d] ^ s[a], 16);
	s[c] += s[d]; s[b] = rotate(s[b] ^ s[c], 12);
	s[a] += s[b]; s[d] = rotate(s[d] ^ s[a], 8);
	s[c] += s[d]; s[b] = rotate(s[b] ^ s[c], 7);
}

/* One block of key stream: RFC 8439, 2.3, with a nonce of zero. */
static void block_make(uint32_t counter, uint32_t block[BLOCK_WORDS])
{
	const uint32_t start[BLOCK_WORDS] = {
		0x61707865, 0x3320646e, 0x79622d32, 0x6b206574, key[0], key[1], key[2], key[3],
		key[4], key[5], key[6], key[7], counter, 0, 0, 0,
	};

	memcpy(block, start, sizeof(start));
	for (int i = 0; i < 10; i++) {
		quarter_round(block, 0, 4, 8, 12);
		quarter_round(block, 1, 5, 9, 13);
		quarter_round(block, 2, 6, 10, 14);
		quarter_round(block, 3, 7, 11, 15);
		quarter_round(block, 0, 5, 10, 15);
		quarter_round(block, 1, 6, 11, 12);
		quarter_round(block, 2, 7, 8, 13);
		quarter_round(block, 3, 4, 9, 14);
	}
	for (int i = 0; i < BLOCK_WORDS; i++)
		block[i] += start[i];
}

static void stream_refill(void)
{
	if (!seeded) {
		uint64_t seed[4];

		random_seed(seed);
		memcpy(key, seed, sizeof(key));
		seeded = true;
	}
	for (uint32_t i = 0; i < STREAM_BYTES / sizeof(uint32_t) / BLOCK_WORDS; i++)
		block_make(i, (uint32_t *)stream + i * BLOCK_WORDS);
	/* The first block's first half is never handed out: it is the next key. */
	memcpy(key, stream, sizeof(key));
	memset(stream, 0, sizeof(key));
	used = sizeof(key);
}

void random_bytes(void *to, size_t bytes)
{
	while (bytes) {
		size_t now;

		if (used == STREAM_BYTES)
			stream_refill();
		now = min(bytes, STREAM_BYTES - used);
		memcpy(to, stream + used, now);
		memset(stream + used, 0, now);
		used += now;
		assert(used <= STREAM_BYTES);
		to = (char *)to + now;
		bytes -= now;
	}
}

void random_stir(const void *from, size_t bytes)
{
	const uint8_t *each = from;

	while (bytes) {
		size_t now = min(bytes, sizeof(key));

		stream_refill();
		for (size_t i = 0; i < now; i++)
			((uint8_t *)key)[i] ^= each[i];
		each += now;
		bytes -= now;
	}
	stream_refill();
}

uint64_t random_below(uint64_t below)
{
	uint64_t value, limit = ~0UL - ~0UL % below; /* the part of the range that divides evenly */

	assert(below > 0);
	do
		random_bytes(&value, sizeof(value));
	while (value >= limit);
	return value % below;
}
