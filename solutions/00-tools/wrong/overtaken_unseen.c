/* SPDX-License-Identifier: MIT */
/*
 * A position is believed, however old.
 *
 * symptom: a slow reader gets new lines under old positions, and some of them twice
 * fails: log_overtaken
 * see: The log is a ring
 */
/* in lib/log.c */
size_t log_read(uint64_t *position, char *to, size_t room)
{
	uint64_t flags = log_lock();
	size_t at, first, bytes;

	bytes = *position < ring_end ? min(room, (size_t)(ring_end - *position)) : 0;
	bytes = min(bytes, LOG_SIZE);
	at = *position % LOG_SIZE;
	first = min(bytes, LOG_SIZE - at);
	memcpy(to, ring + at, first);
	memcpy(to + first, ring, bytes - first);
	*position += bytes;
	log_unlock(flags);
	return bytes;
}
