/* SPDX-License-Identifier: MIT */
/*
 * inflate.c - deflate data (RFC 1951), memory to memory.
 *
 * They are blocks: stored bytes, or symbols of two prefix codes - one for literals and match
 * lengths, one for distances.  A code is given by the lengths of its words alone; of equal lengths,
 * words are consecutive numbers in the order of their symbols.  So decoding needs two small arrays:
 * how many words there are of each length, and the symbols sorted by word.
 *
 * Invariants: in <= in_end and out_start <= out <= out_end; at most seven bits are left over from
 * one bits_take() to the next, so that whole bytes are never hoarded.
 *
 * Bits are taken from the low end of each byte.  Past the end of the input the reader gives zeros
 * and remembers it (`cut`), so that only the loops over symbols have to look.  What such zeros
 * decode to is within the buffers like everything else, and is not reported as success.
 *
 * A symbol is read bit by bit.  A table that decodes several bits at once would be faster; this
 * runs once, at boot.
 */
#include "lib/inflate.h"
#include "abi/errno.h"
#include "lib/assert.h"
#include "lib/string.h"

#define WORD_MAX 15  /* bits of the longest word of a code */
#define LITERALS 288
#define DISTANCES 30

struct inflater {
	const uint8_t *in, *in_end;
	uint8_t *out, *out_start, *out_end;
	uint32_t bits;	    /* taken from the input, not yet used */
	unsigned bit_count;
	bool cut;	    /* the input ended too early */
	const char *why;
};

struct code {
	uint16_t count[WORD_MAX + 1]; /* words of each length */
	uint16_t symbol[LITERALS];    /* in the order of their words */
};

/* The next `count` bits (0 to 13), low bits first.  With seven left over, 13 wanted and whole bytes
 * taken, 32 hold it all; the value only means something while `cut` is false. */
static unsigned bits_take(struct inflater *from, unsigned count)
{
	unsigned value;

	debug_assert(count <= 13 && from->bit_count < 8 && from->in <= from->in_end);
	while (from->bit_count < count) {
		if (from->in < from->in_end)
			from->bits |= (uint32_t)*from->in++ << from->bit_count;
		else
			from->cut = true;
		from->bit_count += 8;
	}
	value = from->bits & ((1u << count) - 1);
	from->bits >>= count;
	from->bit_count -= count;
	return value;
}

static int failure(struct inflater *inflater, const char *why)
{
	inflater->why = why;
	return -EINVAL;
}

/* From word lengths (each at most WORD_MAX: the format has no way to say more) to a code.
 * false: more words than bits can tell apart. */
static bool code_build(struct code *code, const uint8_t *lengths, unsigned symbols)
{
	uint16_t next[WORD_MAX + 2];
	int free_words = 1;

	memset(code->count, 0, sizeof(code->count));
	for (unsigned i = 0; i < symbols; i++)
		code->count[lengths[i]]++;
	/* Length 0 means "this symbol does not occur": it has no word and takes none. */
	code->count[0] = 0;
	next[1] = 0;
	for (unsigned length = 1; length <= WORD_MAX; length++) {
		/* Each length has twice as many words as were left over at the length before
		 * (Kraft): negative is more than there can be. Too few is allowed: a distance code
		 * may have one word only. */
		free_words = 2 * free_words - code->count[length];
		if (free_words < 0)
			return false;
		next[length + 1] = next[length] + code->count[length];
	}
	for (unsigned i = 0; i < symbols; i++)
		if (lengths[i])
			code->symbol[next[lengths[i]]++] = i;
	return true;
}

/* One symbol, or -1: no such word, which an incomplete code (see code_build) has.  `first` is the
 * first word of each length in turn, `index` where the symbols of that length begin. */
static int symbol_take(struct inflater *from, const struct code *code)
{
	int word = 0, first = 0, index = 0;

	for (unsigned length = 1; length <= WORD_MAX; length++) {
		int count = code->count[length];

		word |= bits_take(from, 1);
		/* All words of one length are consecutive, from `first` on: one comparison tells
		 * whether this is one of them. */
		if (word - first < count)
			return code->symbol[index + word - first];
		index += count;
		first = (first + count) << 1;
		word <<= 1;
	}
	return -1;
}

/* RFC 1951, 3.2.5: what symbols 257 and up, and distance symbols 0 and up, stand for: a base, and
 * how many more bits to add to it. */
static const uint16_t length_base[] = {3,  4,  5,  6,	7,   8,	  9,   10,  11, 13,
				       15, 17, 19, 23,	27,  31,  35,  43,  51, 59,
				       67, 83, 99, 115, 131, 163, 195, 227, 258};
static const uint8_t length_bits[] = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
				       2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0 };
static const uint16_t distance_base[] = {
	1,   2,	  3,   4,   5,	 7,    9,    13,   17,	 25,   33,   49,   65,	  97,	 129,
	193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
static const uint8_t distance_bits[] = { 0, 0, 0, 0, 1, 1, 2, 2,  3,  3,  4,  4,  5,  5,  6,
					 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13 };

/* A match: `length` bytes from `distance` bytes back, which may overlap what it writes: distance 1
 * repeats one byte.  So the bytes go one at a time, and upwards; memmove() would be wrong here. */
static int match_copy(struct inflater *to, unsigned length, unsigned distance)
{
	debug_assert(distance > 0 && to->out_start <= to->out && to->out <= to->out_end);
	/* Else an archive could read what lies in memory before the output. */
	if (distance > to->out - to->out_start)
		return failure(to, "a match from before the start");
	if (length > (size_t)(to->out_end - to->out))
		return -ENOSPC;
	for (; length; length--, to->out++)
		*to->out = *(to->out - distance);
	return 0;
}

/* RFC 1951, 3.2.5: symbols 257-285 are lengths with extra bits, then a distance of the same kind.
 * 286 and 287 take part in the fixed code but never occur. */
static int match_take(struct inflater *state, int symbol, const struct code *distances)
{
	unsigned length, distance;

	symbol -= 257;
	if (symbol >= (int)array_size(length_base))
		return failure(state, "an impossible match length");
	length = length_base[symbol] + bits_take(state, length_bits[symbol]);
	symbol = symbol_take(state, distances);
	if (symbol < 0 || symbol >= DISTANCES)
		return failure(state, "an impossible distance");
	distance = distance_base[symbol] + bits_take(state, distance_bits[symbol]);
	return match_copy(state, length, distance);
}

/* Symbols until 256, the end of the block. 0, -EINVAL, or -ENOSPC when the output is full.  It ends
 * on every input: zeros for ever are a symbol in each turn, and `cut` ends it. */
static int coded_block(struct inflater *state, const struct code *literals,
		       const struct code *distances)
{
	int error = 0;

	while (!error) {
		int symbol = symbol_take(state, literals);

		if (state->cut)
			return failure(state, "the data are cut off");
		if (symbol == 256)
			return 0;
		if (symbol < 0)
			error = failure(state, "an impossible symbol");
		else if (symbol > 256)
			error = match_take(state, symbol, distances);
		else if (state->out == state->out_end)
			error = -ENOSPC;
		else
			*state->out++ = symbol;
	}
	return error;
}

/* RFC 1951, 3.2.4: a length, its complement, and as many bytes as they are. */
static int stored_block(struct inflater *state)
{
	unsigned length;

	/* The rest of the byte is not used: the length begins at the next one. */
	state->bits = state->bit_count = 0;
	if (state->in_end - state->in < 4)
		return failure(state, "the data are cut off");
	length = state->in[0] | state->in[1] << 8;
	if (length != (~(state->in[2] | state->in[3] << 8) & 0xffffu))
		return failure(state, "a stored block with a wrong length");
	state->in += 4;
	if (length > (size_t)(state->in_end - state->in))
		return failure(state, "the data are cut off");
	if (length > (size_t)(state->out_end - state->out))
		return -ENOSPC;
	memcpy(state->out, state->in, length);
	state->in += length;
	state->out += length;
	return 0;
}

/* RFC 1951, 3.2.6. Built anew for each such block: they are rare, and tables would cost memory. */
static int fixed_block(struct inflater *state)
{
	struct code literals, distances;
	uint8_t lengths[LITERALS];

	memset(lengths, 8, 144);
	memset(lengths + 144, 9, 256 - 144);
	memset(lengths + 256, 7, 280 - 256);
	memset(lengths + 280, 8, LITERALS - 280);
	code_build(&literals, lengths, LITERALS);
	memset(lengths, 5, DISTANCES);
	code_build(&distances, lengths, DISTANCES);
	return coded_block(state, &literals, &distances);
}

/* RFC 1951, 3.2.7: the word lengths of both codes, themselves coded: 16 repeats the last, 17 and 18
 * are runs of 0.  They are one sequence, so a run may go on from the first code into the second. */
static int lengths_take(struct inflater *state, const struct code *code, uint8_t *lengths,
			unsigned wanted)
{
	unsigned have = 0;

	while (have < wanted) {
		int symbol = symbol_take(state, code);
		unsigned repeat = 1, value = symbol;

		if (symbol < 0 || state->cut)
			return failure(state, "impossible code lengths");
		if (symbol == 16) {
			if (have == 0)
				return failure(state, "a repetition of nothing");
			value = lengths[have - 1];
			repeat = 3 + bits_take(state, 2);
		} else if (symbol > 16) {
			value = 0;
			repeat = symbol == 17 ? 3 + bits_take(state, 3) : 11 + bits_take(state, 7);
		}
		if (have + repeat > wanted)
			return failure(state, "too many code lengths");
		memset(lengths + have, value, repeat);
		have += repeat;
	}
	return 0;
}

/* RFC 1951, 3.2.7: how long, then the code of the lengths, then the lengths, then the data. */
static int dynamic_block(struct inflater *state)
{
	static const uint8_t order[] = { 16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
					 11, 4,	 12, 3, 13, 2, 14, 1, 15 };
	unsigned literal_count = 257 + bits_take(state, 5),
		 distance_count = 1 + bits_take(state, 5);
	unsigned length_count = 4 + bits_take(state, 4);
	uint8_t lengths[LITERALS + 32] = { 0 }; /* what is not sent has no word */
	struct code literals, distances;
	int error;

	/* The five bits could say more; Linux's and zlib's readers refuse it as well. */
	if (literal_count > 286 || distance_count > DISTANCES)
		return failure(state, "too many codes");
	for (unsigned i = 0; i < length_count; i++)
		/* In this order because the last ones are the rarest, and those not sent are 0. */
		lengths[order[i]] = bits_take(state, 3);
	/* `literals` serves first for the code of the lengths, then for what it is named after. */
	if (!code_build(&literals, lengths, array_size(order)))
		return failure(state, "an impossible code");
	error = lengths_take(state, &literals, lengths, literal_count + distance_count);
	if (error)
		return error;
	if (!code_build(&literals, lengths, literal_count) ||
	    !code_build(&distances, lengths + literal_count, distance_count))
		return failure(state, "an impossible code");
	return coded_block(state, &literals, &distances);
}

static int blocks_unpack(struct inflater *state)
{
	bool last;
	int error;

	do {
		last = bits_take(state, 1);
		switch (bits_take(state, 2)) {
		case 0:
			error = stored_block(state);
			break;
		case 1:
			error = fixed_block(state);
			break;
		case 2:
			error = dynamic_block(state);
			break;
		default:
			error = failure(state, "an unknown kind of block");
		}
		/* Each kind of block ends with bytes that were there, or with an error. */
		assert(error || !state->cut);
	} while (!error && !last);
	return error;
}

int inflate(const void *from, size_t bytes, void *to, size_t room, struct inflate_result *result)
{
	struct inflater state = {
		.in = from, .in_end = (const uint8_t *)from + bytes,
		.out = to, .out_start = to, .out_end = (uint8_t *)to + room,
		.why = "more data than promised",
	};
	int error = blocks_unpack(&state);

	assert(state.in <= state.in_end && state.out <= state.out_end);
	result->used = state.in - (const uint8_t *)from;
	result->done = state.out - state.out_start;
	result->why = state.why;
	return error;
}
