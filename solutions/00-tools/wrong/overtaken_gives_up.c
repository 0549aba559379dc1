/* SPDX-License-Identifier: MIT */
/*
 * A reader that was overtaken goes on at the newest line.
 *
 * symptom: a slow reader loses all that the ring still holds
 * fails: log_overtaken
 * see: The log is a ring
 */
/* in lib/log.c */
size_t log_read(uint64_t *position, char *to, size_t room)
{
	uint64_t flags = log_lock();
	size_t at, first, bytes;

	if (*position < ring_start())
		*position = ring_end;
	bytes = *position < ring_end ? min(room, (size_t)(ring_end - *position)) : 0;
	assert(bytes <= LOG_SIZE);
	at = *position % LOG_SIZE;
	first = min(bytes, LOG_SIZE - at);
	memcpy(to, ring + at, first);
	memcpy(to + first, ring, bytes - first);
	*position += bytes;
	log_unlock(flags);
	return bytes;
}
