/* SPDX-License-Identifier: MIT */
/*
 * Returns early when there is nothing to read, with the lock.
 *
 * symptom: the clock stands still after the log was read to its end
 * fails: log_interrupts
 * see: What happens between two instructions
 */
/* in lib/log.c */
size_t log_read(uint64_t *position, char *to, size_t room)
{
	uint64_t flags = log_lock();
	size_t at, first, bytes;

	*position = max(*position, ring_start());
	bytes = *position < ring_end ? min(room, (size_t)(ring_end - *position)) : 0;
	if (!bytes)
		return 0;
	at = *position % LOG_SIZE;
	first = min(bytes, LOG_SIZE - at);
	memcpy(to, ring + at, first);
	memcpy(to + first, ring, bytes - first);
	*position += bytes;
	log_unlock(flags);
	return bytes;
}
