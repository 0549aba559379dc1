/* SPDX-License-Identifier: MIT */
/*
 * Keeps the last byte of the buffer for a NUL, as for a string.
 *
 * symptom: a reader that asks for one byte at a time gets none
 * fails: log_pieces log_overtaken
 * see: The log is a ring
 */
/* in lib/log.c */
size_t log_read(uint64_t *position, char *to, size_t room)
{
	uint64_t flags = log_lock();
	size_t at, first, bytes;

	*position = max(*position, ring_start());
	bytes = *position < ring_end ? min(room - 1, (size_t)(ring_end - *position)) : 0;
	assert(bytes <= LOG_SIZE);
	at = *position % LOG_SIZE;
	first = min(bytes, LOG_SIZE - at);
	memcpy(to, ring + at, first);
	memcpy(to + first, ring, bytes - first);
	*position += bytes;
	log_unlock(flags);
	return bytes;
}
