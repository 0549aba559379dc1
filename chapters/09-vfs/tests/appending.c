/* SPDX-License-Identifier: MIT */
/* appending.c - O_APPEND writers and shared positions lose no byte. */
#include "scratch.h"

#define ROUNDS 60
#define RECORD 1500

static int shared;

/* Records that cross pages: each is of one letter throughout. */
static void writer(int fd, char letter)
{
	char record[RECORD];

	memset(record, letter, sizeof(record));
	for (int i = 0; i < ROUNDS; i++)
		write(fd, record, sizeof(record));
}

static void two_writers(const char *name, int flags, bool one_open)
{
	int status, pid, fd = open(name, O_CREAT | O_RDWR | flags, 0600);

	pid = fork();
	if (pid == 0) {
		writer(one_open ? fd : open(name, O_RDWR | flags), 'c');
		_exit(0);
	}
	writer(fd, 'p');
	waitpid(pid, &status, 0);
}

static void check(const char *key, const char *name)
{
	static char bytes[2 * ROUNDS * RECORD];
	int fd = open(name, O_RDONLY), torn = 0, letters[2] = { 0 };
	long count = read(fd, bytes, sizeof(bytes));

	observe_number(text("%s_bytes", key), count);
	for (long i = 0; i < count; i += RECORD) {
		letters[bytes[i] == 'p']++;
		torn += memchr(bytes + i, bytes[i] == 'p' ? 'c' : 'p', RECORD) != NULL;
	}
	observe_number(text("%s_torn", key), torn);
	observe_number(text("%s_parent", key), letters[1]);
	observe_number(text("%s_child", key), letters[0]);
}

static void moves_position(void)
{
	lseek(shared, 5, SEEK_SET);
}

TEST
{
	char byte;

	scratch();
	two_writers("append", O_APPEND, false);
	check("append", "append");
	two_writers("shared", 0, true);
	check("shared", "shared");
	file_make("file", "0123456789");
	shared = open("file", O_RDWR);
	in_child(moves_position);
	read(shared, &byte, 1);
	observe_bytes("child_moved", &byte, 1);
	shared = open("file", O_RDWR | O_APPEND);
	SAYS("append_at_zero", SYS_write, shared, "end", 3);
	SAYS("position", SYS_lseek, shared, 0, SEEK_CUR);
	SAYS("pwrite_appends", SYS_pwrite64, shared, "more", 4, 0);
	SAYS("size", SYS_lseek, shared, 0, SEEK_END);
	return 0;
}
