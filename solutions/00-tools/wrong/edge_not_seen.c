/* SPDX-License-Identifier: MIT */
/*
 * One copy, straight on behind the ring's edge.
 *
 * symptom: after 64 KiB of log a read shows bytes that are no text
 * fails: log_wraps
 * see: The log is a ring
 */
/* in lib/log.c */
size_t log_read(uint64_t *position, char *to, size_t room)
{
	uint64_t flags = log_lock();
	size_t at, bytes;

	*position = max(*position, ring_start());
	bytes = *position < ring_end ? min(room, (size_t)(ring_end - *position)) : 0;
	assert(bytes <= LOG_SIZE);
	at = *position % LOG_SIZE;
	memcpy(to, ring + at, bytes);
	*position += bytes;
	log_unlock(flags);
	return bytes;
}
