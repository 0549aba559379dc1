/* SPDX-License-Identifier: MIT */
/*
 * log.c - reading the kernel log back, log_read(): lines are logged below the console's level, then
 * read from where they began.  A stored line's head, "<7>[    0.123456] ", has the same length for
 * the first day; what stands in it is not observed.
 */
#include "ktest.h"
#include "lib/printf.h"
#include "lib/string.h"

#define LINES  10
#define PIECES 1000 /* more than any right answer needs: a position that stays does not hang */
#define UNTOUCHED '#'

static char buffer[LOG_SIZE + 256];

/* Logs the lines that the model knows; returns the position of the first. */
static uint64_t lines_log(void)
{
	uint64_t start = log_end();

	for (int i = 0; i < LINES; i++)
		kprintf(LOG_DEBUG, "line %d: %lx", i, ktest_random());
	memset(buffer, UNTOUCHED, sizeof(buffer));
	return start;
}

/* What stands in buffer[0..bytes) line by line, without heads, and whether the byte behind is as it was. */
static void lines_observe(size_t bytes)
{
	const char *head = buffer, *end = buffer + min(bytes, sizeof(buffer) - 1);

	for (const char *c = buffer; c < end; c++) {
		if (c[0] == ']' && c + 1 < end && c[1] == ' ')
			head = c + 2;
		if (*c != '\n')
			continue;
		observe("%.*s", (int)min(c - head, 100L), head);
		head = c + 1;
	}
	if (head < end)
		observe("unended: %.*s", (int)min(end - head, 100L), head);
	observe("behind=%c", *end);
}

static void log_order(void)
{
	uint64_t position = lines_log();
	size_t bytes = log_read(&position, buffer, sizeof(buffer) - 1);

	observe("bytes=%zu", bytes);
	observe("at_the_end=%d", position == log_end());
	lines_observe(bytes);
}
KTEST(log_order);

static void log_pieces(void)
{
	uint64_t start = lines_log(), position = start;
	size_t total = 0;

	for (int i = 0; i < PIECES; i++) {
		size_t bytes = log_read(&position, buffer + total, 1 + ktest_random_below(60));

		if (!bytes)
			break;
		observe("piece %d=%zu", i, bytes);
		total += min(bytes, sizeof(buffer) - 1 - total);
	}
	observe("position=%lu", position - start);
	lines_observe(total);
}
KTEST(log_pieces);

static void log_ends(void)
{
	uint64_t start = lines_log(), end = log_end(), position = end;

	observe("at_the_end=%zu", log_read(&position, buffer, 100));
	observe("stays=%d", position == end);
	position = end + 50;
	observe("ahead=%zu", log_read(&position, buffer, 100));
	observe("stays_ahead=%d", position == end + 50);
	position = start;
	observe("no_room=%zu", log_read(&position, buffer, 0));
	observe("stays_there=%d", position == start);
	observe("behind=%c", buffer[0]);
}
KTEST(log_ends);

/* Logs until less than 200 bytes are left before the ring's edge. */
static void edge_approach(void)
{
	while (LOG_SIZE - log_end() % LOG_SIZE >= 200)
		kprintf(LOG_DEBUG, "on the way to the edge of the ring");
}

static void log_wraps(void)
{
	uint64_t position;
	size_t bytes;

	edge_approach();
	position = lines_log();
	observe("edge_between=%d", position / LOG_SIZE != log_end() / LOG_SIZE);
	bytes = log_read(&position, buffer, sizeof(buffer) - 1);
	observe("bytes=%zu", bytes);
	observe("at_the_end=%d", position == log_end());
	lines_observe(bytes);
}
KTEST(log_wraps);

static void log_overtaken(void)
{
	static char again[100];
	uint64_t position = log_end(), oldest;
	size_t bytes;

	while (log_end() < position + LOG_SIZE + LOG_SIZE / 2)
		kprintf(LOG_DEBUG, "%lx", ktest_random());
	memset(buffer, UNTOUCHED, sizeof(buffer));
	oldest = log_end() - LOG_SIZE;
	observe("bytes=%zu", log_read(&position, buffer, 100));
	observe("behind_the_oldest=%ld", (long)(position - oldest));
	bytes = log_read(&oldest, again, 100);
	observe("the_same=%d", bytes == 100 && !memcmp(buffer, again, 100));
	position = 0;
	observe("all=%zu", log_read(&position, buffer, sizeof(buffer) - 1));
	observe("at_the_end=%d", position == log_end());
}
KTEST(log_overtaken);
