/* SPDX-License-Identifier: MIT */
/* in lib/log.c */
/*
 * log_read - copies what the log holds from *position on, at most `room` bytes, to `to`.
 *
 * Positions count every byte ever logged; byte n lies at ring[n % LOG_SIZE].  The ring holds those
 * from ring_start() up to, not including, ring_end.  *position moves behind what was copied; it
 * moves to ring_start() first when the ring has overtaken it.  Returns how many bytes were
 * copied: 0 when there are none, also when *position lies ahead of ring_end.
 *
 * Write it in steps, and grade after each:
 * Step 1: how many bytes are there (min() and max() are the kernel's own)?  Copy them with one
 *	memcpy() from ring + at, move the position.  log_order, log_pieces and log_ends pass.
 * Step 2: the bytes may go on at the ring's beginning: two copies.  ring_append() above is the
 *	other side of this.
 * Step 3: a reader that was too slow.
 * Step 4: log_lock() keeps interrupts from logging meanwhile; what it returns is for log_unlock().
 */
size_t log_read(uint64_t *position, char *to, size_t room)
{
	exercise("log_read");
}
