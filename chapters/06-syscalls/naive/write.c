/* SPDX-License-Identifier: MIT */
/*
 * write.c - write(2) before there are files: descriptors 1 and 2 are the console, 3 is the report
 * channel to whoever runs the machine; all others are closed.  Chapter 9's fs/ replaces it.
 */
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "drivers/report.h"
#include "drivers/serial.h"
#include "memory/user_copy.h"

#define PIECE 512 /* bytes copied at a time */

static void piece_write(int fd, const char *from, size_t bytes)
{
	if (fd == 3)
		report_record("data", from, bytes);
	else
		serial_write(&serial_com1, from, bytes);
}

/* What comes before a bad address is written, and counts. */
long sys_write(int fd, user_address buffer, size_t count)
{
	char piece[PIECE];
	size_t done = 0, now;

	if (fd < 1 || fd > 3)
		return -EBADF;
	if (!user_range_valid(buffer, count))
		return -EFAULT;
	while (done < count) {
		size_t wanted = min(count - done, sizeof(piece));

		now = user_read(piece, buffer + done, wanted);
		piece_write(fd, piece, now);
		done += now;
		if (now < wanted)
			break;
	}
	return done || !count ? (long)done : -EFAULT;
}
