/* SPDX-License-Identifier: MIT */
/*
 * What is left is a difference without a sign.
 *
 * symptom: a reader that is ahead of the log gets bytes that were never logged
 * fails: log_ends
 * see: The log is a ring
 */
/* in lib/log.c */
size_t log_read(uint64_t *position, char *to, size_t room)
{
	uint64_t flags = log_lock();
	size_t at, first, bytes;

	*position = max(*position, ring_start());
	bytes = min(room, (size_t)(ring_end - *position));
	assert(bytes <= LOG_SIZE);
	at = *position % LOG_SIZE;
	first = min(bytes, LOG_SIZE - at);
	memcpy(to, ring + at, first);
	memcpy(to + first, ring, bytes - first);
	*position += bytes;
	log_unlock(flags);
	return bytes;
}
