/* SPDX-License-Identifier: MIT */
/*
 * After a read the position is the log's end, whatever was copied.
 *
 * symptom: a reader with a small buffer sees only the beginning of the log
 * fails: log_pieces log_ends log_overtaken
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
	*position = ring_end;
	log_unlock(flags);
	return bytes;
}
