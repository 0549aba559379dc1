/* SPDX-License-Identifier: MIT */
/* entries.c - getdents64: every name once, whatever is removed meanwhile; buffers; types. */
#include "scratch.h"

#define NAMES 10000

struct record {
	uint64_t inode;
	int64_t cookie;
	uint16_t length;
	uint8_t type;
	char name[];
};

static unsigned char seen[NAMES];

static void names_make(void)
{
	char name[32];

	for (int i = 0; i < NAMES; i++) {
		snprintf(name, sizeof(name), "many/n%d", i);
		close(open(name, O_CREAT | O_WRONLY, 0600));
	}
}

/* Removes each name as it is read, through a small buffer. */
static void remove_while_reading(void)
{
	int dir = open("many", O_RDONLY | O_DIRECTORY), twice = 0, missed = 0, calls = 0;
	char buffer[1000];
	long bytes;

	while ((bytes = sys(SYS_getdents64, dir, buffer, sizeof(buffer))) > 0) {
		calls++;
		for (long at = 0; at < bytes;) {
			struct record *record = (struct record *)(buffer + at);

			at += record->length;
			if (record->name[0] != 'n')
				continue;
			twice += seen[atoi(record->name + 1)]++;
			unlinkat(dir, record->name, 0);
		}
	}
	for (int i = 0; i < NAMES; i++)
		missed += !seen[i];
	observe_number("twice", twice);
	observe_number("missed", missed);
	observe("end", bytes);
	observe("several_calls", calls > 10);
	SAYS("empty_now", SYS_rmdir, "many");
	close(dir);
}

/* Removes a name that comes later or has been, for each that is read: the others come once. */
static void remove_others(void)
{
	int dir = open("many", O_RDONLY | O_DIRECTORY), twice = 0, missed = 0, number, other;
	static bool gone[NAMES];
	char buffer[300];
	long bytes;

	memset(seen, 0, sizeof(seen));
	while ((bytes = sys(SYS_getdents64, dir, buffer, sizeof(buffer))) > 0) {
		for (long at = 0; at < bytes;) {
			struct record *record = (struct record *)(buffer + at);

			at += record->length;
			if (record->name[0] != 'n')
				continue;
			number = atoi(record->name + 1);
			twice += seen[number]++;
			other = (number * 7 + 5000) % NAMES;
			gone[other] |= unlinkat(dir, text("n%d", other), 0) == 0;
		}
	}
	for (int i = 0; i < NAMES; i++)
		missed += !seen[i] && !gone[i];
	observe_number("others_twice", twice);
	observe_number("others_missed", missed);
	observe("others_end", bytes);
	for (int i = 0; i < NAMES; i++)
		unlinkat(dir, text("n%d", i), 0);
	SAYS("others_empty", SYS_rmdir, "many");
	close(dir);
}

static void types(void)
{
	char buffer[2000];
	int dir = open("kinds", O_RDONLY);
	long bytes = sys(SYS_getdents64, dir, buffer, sizeof(buffer));

	for (long at = 0; at < bytes; at += ((struct record *)(buffer + at))->length) {
		struct record *record = (struct record *)(buffer + at);
		struct stat status;

		fstatat(dir, record->name, &status, AT_SYMLINK_NOFOLLOW);
		observe_number(text("type_%s", record->name), record->type);
		observe(text("inode_%s", record->name), status.st_ino == record->inode);
		observe_number(text("length_%s", record->name), record->length);
	}
	SAYS("at_end", SYS_getdents64, dir, buffer, sizeof(buffer));
	SAYS("rewind", SYS_lseek, dir, 0, SEEK_SET);
	observe("again", sys(SYS_getdents64, dir, buffer, sizeof(buffer)) == bytes);
	SAYS("rewind2", SYS_lseek, dir, 0, SEEK_SET);
	SAYS("too_small", SYS_getdents64, dir, buffer, 23);
	SAYS("one", SYS_getdents64, dir, buffer, 24);
	observe_text("first", ((struct record *)buffer)->name);
	SAYS("next", SYS_getdents64, dir, buffer, 30);
	observe_text("second", ((struct record *)buffer)->name);
	SAYS("bad_buffer", SYS_getdents64, dir, 8, 1000);
	SAYS("seek_end", SYS_lseek, dir, -1, SEEK_SET);
	SAYS("read", SYS_read, dir, buffer, 10);
	SAYS("not_directory", SYS_getdents64, open("kinds/file", O_RDONLY), buffer, 100);
	SAYS("old_call", SYS_getdents, open("kinds", O_RDONLY), buffer, 24);
}

/* Resuming at a cookie gives what follows it. */
static void resume(void)
{
	char buffer[2000], other[2000];
	int dir = open("kinds", O_RDONLY);
	struct record *record = (struct record *)buffer;
	long bytes = sys(SYS_getdents64, dir, buffer, 100), rest;

	while ((char *)record + record->length < buffer + bytes)
		record = (struct record *)((char *)record + record->length);
	rest = sys(SYS_getdents64, dir, other, sizeof(other));
	lseek(dir, record->cookie, SEEK_SET);
	observe("resumed", sys(SYS_getdents64, dir, buffer, sizeof(buffer)) == rest);
	observe_text("same", strcmp(((struct record *)buffer)->name, ((struct record *)other)->name) ?
				     "no" : "yes");
}

TEST
{
	struct stat status;

	scratch();
	mkdir("many", 0755);
	names_make();
	remove_while_reading();
	mkdir("many", 0755);
	names_make();
	remove_others();
	mkdir("kinds", 0755);
	file_make("kinds/file", "");
	mkdir("kinds/dir", 0755);
	symlink("x", "kinds/link");
	mknod("kinds/fifo", S_IFIFO | 0600, 0);
	mknod("kinds/socket", S_IFSOCK | 0600, 0);
	mknod("kinds/char", S_IFCHR | 0600, 0x103);
	mknod("kinds/block", S_IFBLK | 0600, 0x800);
	types();
	resume();
	stat("kinds", &status);
	observe_number("directory_size", status.st_size);
	observe_number("directory_links", status.st_nlink);
	return 0;
}
