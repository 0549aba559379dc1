/* SPDX-License-Identifier: MIT */
/*
 * gzip.c - the wrapper of deflated data (RFC 1952): a header, the data, a trailer.
 *
 * The header is ten bytes and what its flags announce; only the method is looked at, since names
 * and times say nothing about the data.  The trailer has the CRC-32 and the length of what comes
 * out.  Both are checked last, over the whole output: a caller that wants to use what came before
 * an error may do so, and knows that it is unproven.
 *
 * All numbers are little-endian and may lie at any address, so they are put together from bytes.
 */
#include "lib/gzip.h"
#include "abi/errno.h"
#include "lib/assert.h"
#include "lib/inflate.h"
#include "lib/string.h"

#define HEADER_SIZE  10
#define TRAILER_SIZE 8

#define FLAG_CHECKSUM 0x02 /* of the header */
#define FLAG_EXTRA    0x04
#define FLAG_NAME     0x08
#define FLAG_COMMENT  0x10

bool gzip_recognise(const void *from, size_t bytes)
{
	const uint8_t *at = from;

	/* The magic number, and method 8: deflate, the only one there ever was. */
	return bytes > HEADER_SIZE + TRAILER_SIZE && at[0] == 0x1f && at[1] == 0x8b && at[2] == 8;
}

static uint32_t little_endian(const uint8_t *at)
{
	return at[0] | at[1] << 8 | at[2] << 16 | (uint32_t)at[3] << 24;
}

size_t gzip_size(const void *from, size_t bytes)
{
	return bytes < 4 ? 0 : little_endian((const uint8_t *)from + bytes - 4);
}

/* The first byte behind the header's optional fields; NULL: it is cut off. */
static const uint8_t *header_skip(const uint8_t *at, const uint8_t *end)
{
	uint8_t flags = at[3];

	assert(end - at > HEADER_SIZE); /* gzip_recognise() has seen to it */
	at += HEADER_SIZE;
	if (flags & FLAG_EXTRA) {
		if (end - at < 2 || end - at - 2 < (at[0] | at[1] << 8))
			return NULL;
		at += 2 + (at[0] | at[1] << 8);
	}
	/* Strings with a 0 at the end, in this order: the original name, a comment. */
	for (uint8_t flag = FLAG_NAME; flag <= FLAG_COMMENT; flag <<= 1) {
		if (!(flags & flag))
			continue;
		at = memchr(at, 0, end - at);
		if (!at)
			return NULL;
		at++;
	}
	/* Two bytes of checksum over the header, which nobody looks at: what the header says is not
	 * used. */
	if (flags & FLAG_CHECKSUM)
		at += 2;
	return at < end ? at : NULL;
}

/* CRC-32 of RFC 1952, 8, four bits a step: a table of 16 words fits on the stack and is made in no
 * time, and the result is wanted once. */
static uint32_t checksum(const uint8_t *at, size_t bytes)
{
	uint32_t table[16], crc = ~0u;

	for (uint32_t i = 0; i < 16; i++) {
		table[i] = i;
		for (int bit = 0; bit < 4; bit++)
			table[i] = table[i] >> 1 ^ (table[i] & 1 ? 0xedb88320u : 0);
	}
	while (bytes--) {
		crc ^= *at++;
		crc = crc >> 4 ^ table[crc & 15];
		crc = crc >> 4 ^ table[crc & 15];
	}
	return ~crc;
}

/* The trailer (RFC 1952, 2.3.1): CRC-32 of what came out, and its length modulo 2^32. */
static bool trailer_agrees(const uint8_t *at, size_t bytes, const void *data, size_t length)
{
	return bytes >= TRAILER_SIZE && little_endian(at) == checksum(data, length) &&
	       little_endian(at + 4) == (uint32_t)length;
}

ssize_t gzip_unpack(const void *from, size_t bytes, void *to, size_t room, size_t *done,
		    const char **why)
{
	const uint8_t *end = (const uint8_t *)from + bytes, *at;
	struct inflate_result result;
	int error;

	*done = 0;
	*why = "no gzip header";
	if (!gzip_recognise(from, bytes))
		return -EINVAL;
	at = header_skip(from, end);
	if (!at)
		return -EINVAL;
	error = inflate(at, end - at, to, room, &result);
	*done = result.done;
	*why = result.why;
	if (error)
		return error;
	*why = "wrong checksum";
	at += result.used;
	return trailer_agrees(at, end - at, to, *done) ? (ssize_t)*done : -EINVAL;
}
