/* SPDX-License-Identifier: MIT */
/*
 * Copies up to the ring's edge, and counts all.
 *
 * symptom: now and then some bytes of a line are missing, at the same place of the ring
 * fails: log_wraps
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
	*position += bytes;
	log_unlock(flags);
	return bytes;
}
