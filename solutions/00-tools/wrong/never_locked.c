/* SPDX-License-Identifier: MIT */
/*
 * There is no lock.
 *
 * symptom: a line of dmesg that begins as one message and ends as another, when the log is busy
 * fails: log_interrupts
 * see: What happens between two instructions
 */
/* in lib/log.c */
size_t log_read(uint64_t *position, char *to, size_t room)
{
	size_t at, first, bytes;

	*position = max(*position, ring_start());
	bytes = *position < ring_end ? min(room, (size_t)(ring_end - *position)) : 0;
	assert(bytes <= LOG_SIZE);
	at = *position % LOG_SIZE;
	first = min(bytes, LOG_SIZE - at);
	memcpy(to, ring + at, first);
	memcpy(to + first, ring, bytes - first);
	*position += bytes;
	return bytes;
}
