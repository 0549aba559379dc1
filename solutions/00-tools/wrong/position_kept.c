/* SPDX-License-Identifier: MIT */
/*
 * The position stays where it was.
 *
 * symptom: a program that prints the log prints its first lines for ever
 * fails: log_order log_pieces log_wraps log_overtaken
 * see: The log is a ring
 */
/* in lib/log.c */
size_t log_read(uint64_t *position, char *to, size_t room)
{
	uint64_t flags = log_lock();
	size_t at, first, bytes;

	*position = max(*position, ring_start());
	bytes = *position < ring_end ? min(room, (size_t)(ring_end - *position)) : 0;
	assert(bytes <= LOG_SIZE);
	at = *position % LOG_SIZE;
	first = min(bytes, LOG_SIZE - at);
	memcpy(to, ring + at, first);
	memcpy(to + first, ring, bytes - first);
	log_unlock(flags);
	return bytes;
}
