/* SPDX-License-Identifier: MIT */
/*
 * The second part is taken from where the first one began.
 *
 * symptom: now and then a piece of a line of the log comes twice
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
	memcpy(to + first, ring + at - first, bytes - first);
	*position += bytes;
	log_unlock(flags);
	return bytes;
}
