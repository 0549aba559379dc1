/* SPDX-License-Identifier: MIT */
/* copying.c - sendfile and copy_file_range. */
#include "scratch.h"

#include <limits.h>
#include <sys/sendfile.h>

static void send(int in, int out)
{
	long offset = 3;

	SAYS("send_all", SYS_sendfile, out, in, 0, 100);
	SAYS("send_end", SYS_sendfile, out, in, 0, 100);
	SAYS("send_offset", SYS_sendfile, out, in, &offset, 4);
	observe_number("offset", offset);
	SAYS("position_kept", SYS_lseek, in, 0, SEEK_CUR);
	offset = -1;
	SAYS("send_negative", SYS_sendfile, out, in, &offset, 4);
	SAYS("send_bad_offset", SYS_sendfile, out, in, 8, 4);
	SAYS("send_nothing", SYS_sendfile, out, in, 0, 0);
	SAYS("send_closed", SYS_sendfile, out, 99, 0, 4);
	SAYS("send_to_closed", SYS_sendfile, 99, in, 0, 4);
	SAYS("send_wrong_in", SYS_sendfile, in, out, 0, 4);
	SAYS("send_directory", SYS_sendfile, out, open(".", O_RDONLY), 0, 4);
}

static void range(int in, int out)
{
	long from = 2, to = 30;
	int append = open("to", O_WRONLY | O_APPEND), both = open("to", O_RDWR);

	SAYS("range", SYS_copy_file_range, in, &from, out, &to, 5, 0);
	observe_number("range_from", from);
	observe_number("range_to", to);
	SAYS("range_flags", SYS_copy_file_range, in, &from, out, &to, 5, 1);
	SAYS("range_directory", SYS_copy_file_range, open(".", O_RDONLY), &from, out, &to, 5, 0);
	SAYS("range_closed", SYS_copy_file_range, 99, &from, out, &to, 5, 0);
	SAYS("range_append", SYS_copy_file_range, in, &from, append, 0, 5, 0);
	from = 0;
	to = 3;
	SAYS("range_overlap", SYS_copy_file_range, both, &from, both, &to, 5, 0);
	to = 20;
	SAYS("range_same_file", SYS_copy_file_range, both, &from, both, &to, 5, 0);
	from = 1000;
	SAYS("range_past_end", SYS_copy_file_range, in, &from, out, &to, 5, 0);
	from = 1;
	SAYS("range_wraps", SYS_copy_file_range, in, &from, out, &to, ~0UL, 0);
	from = 0;
	to = LONG_MAX;
	SAYS("range_wraps_there", SYS_copy_file_range, both, &from, both, &to, ~0UL, 0);
}

TEST
{
	char bytes[64] = "";
	int in, out;

	scratch();
	file_make("from", "0123456789");
	in = open("from", O_RDONLY);
	out = open("to", O_CREAT | O_WRONLY, 0600);
	send(in, out);
	range(in, out);
	observe_number("length", read(open("to", O_RDONLY), bytes, sizeof(bytes)));
	observe_bytes("bytes", bytes, 40);
	return 0;
}
