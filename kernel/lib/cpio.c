/* SPDX-License-Identifier: MIT */
/*
 * cpio.c - the newc archive reader.  Invariant: start <= at <= end, and `at` only grows, so that a
 * walk over any bytes ends.
 *
 * The format is described in cpio(5) and in Linux's buffer-format.rst. Fields are hexadecimal
 * ASCII in any case; the magic number is checked, the checksum of 070702 is not. An error ends the
 * walk for good: behind a header that cannot be trusted nothing can.
 */
#include "abi/errno.h"
#include "abi/stat.h"
#include "lib/assert.h"
#include "lib/cpio.h"
#include "lib/string.h"

#define HEADER_SIZE 110 /* "070701" and 13 fields of 8 hexadecimal digits */
#define NAME_LIMIT  4096 /* as long as a path may be */

enum field { INODE, MODE, UID, GID, NLINK, MTIME, FILE_SIZE, MAJOR, MINOR, RMAJOR, RMINOR,
	     NAME_SIZE, CHECK, FIELDS };

void cpio_open(struct cpio *cpio, const void *archive, size_t bytes)
{
	*cpio = (struct cpio){ .start = archive, .at = archive,
			       .end = (const char *)archive + bytes };
}

static size_t left(const struct cpio *cpio)
{
	return (size_t)(cpio->end - cpio->at);
}

/* For the log: which of the many ways to be wrong it was. */
static int malformed(struct cpio *cpio, const char *why)
{
	cpio->error = why;
	return -EINVAL;
}

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Eight digits, neither blanks nor a NUL among them: strict, for a field out of step means a lost
 * way. */
static bool field_parse(const char *digits, uint32_t *value)
{
	*value = 0;
	for (int i = 0; i < 8; i++) {
		int digit = digit_value(digits[i]);

		if (digit < 0)
			return false;
		*value = *value << 4 | (uint32_t)digit;
	}
	return true;
}

static int header_parse(struct cpio *cpio, uint32_t fields[FIELDS])
{
	if (left(cpio) < HEADER_SIZE)
		return malformed(cpio, "header is cut off");
	/* 070702 is the same with a checksum, which nobody checks */
	if (memcmp(cpio->at, "070701", 6) != 0 && memcmp(cpio->at, "070702", 6) != 0)
		return malformed(cpio, "no cpio header (newc) where one must be");
	for (int i = 0; i < FIELDS; i++) {
		if (!field_parse(cpio->at + 6 + i * 8, &fields[i]))
			return malformed(cpio, "header has a field that is no number");
	}
	cpio->at += HEADER_SIZE;
	return 0;
}

/* Steps over `bytes` and the padding behind them; the padding of the last entry may be missing. */
static bool take(struct cpio *cpio, size_t bytes, const char **taken)
{
	size_t padded;

	assert(cpio->start <= cpio->at && cpio->at <= cpio->end);
	if (bytes > left(cpio))
		return false;
	*taken = cpio->at;
	/* Lengths are compared by subtraction from what is left, so nothing can wrap. */
	cpio->at += bytes;
	padded = (size_t)-(cpio->at - cpio->start) & 3;
	cpio->at += min(padded, left(cpio));
	return true;
}

/* "./x", "/x" and "x" name the same file, and "." the root, as "": archives are made in
 * either way. */
static const char *name_trimmed(const char *name)
{
	for (;;) {
		if (name[0] == '/')
			name++;
		else if (name[0] == '.' && name[1] == '/')
			name += 2;
		else
			return name[0] == '.' && name[1] == '\0' ? name + 1 : name;
	}
}

/* Archives are padded to blocks, and Linux lets several follow one another with zeros between. */
static void zeros_skip(struct cpio *cpio)
{
	while (cpio->at < cpio->end && *cpio->at == '\0')
		cpio->at++;
}

static int entry_parse(struct cpio *cpio, struct cpio_entry *entry)
{
	uint32_t f[FIELDS];
	int error = header_parse(cpio, f);

	if (error)
		return error;
	if (f[NAME_SIZE] < 1 || f[NAME_SIZE] > NAME_LIMIT)
		return malformed(cpio, "name has an impossible length");
	if (!take(cpio, f[NAME_SIZE], &entry->name))
		return malformed(cpio, "name is cut off");
	/* Else strcmp() would read on into the contents. */
	if (entry->name[f[NAME_SIZE] - 1] != '\0')
		return malformed(cpio, "name does not end");
	if (!take(cpio, f[FILE_SIZE], &entry->data))
		return malformed(cpio, "contents are cut off");
	*entry = (struct cpio_entry){
		.name = entry->name, .mode = f[MODE], .uid = f[UID], .gid = f[GID],
		.nlink = f[NLINK], .mtime = f[MTIME], .inode = f[INODE],
		.device_major = f[MAJOR], .device_minor = f[MINOR], .rdev_major = f[RMAJOR],
		.rdev_minor = f[RMINOR], .data = entry->data, .size = f[FILE_SIZE],
	};
	return 0;
}

/* 1, 0 at the end, or -EINVAL. A trailer ends an archive, not the walk: another one may follow. */
int cpio_next(struct cpio *cpio, struct cpio_entry *entry)
{
	int error;

	cpio->error = NULL;
	for (;;) {
		zeros_skip(cpio);
		if (cpio->at == cpio->end)
			return 0;
		if ((cpio->at - cpio->start) & 3)
			return malformed(cpio, "entry is not aligned");
		error = entry_parse(cpio, entry);
		if (error)
			return error;
		if (strcmp(entry->name, "TRAILER!!!") == 0)
			continue;
		entry->name = name_trimmed(entry->name);
		return 1;
	}
}

/* The last one of that name counts: a later archive replaces what an earlier one brought. */
int cpio_find(const void *archive, size_t bytes, const char *name, struct cpio_entry *entry)
{
	struct cpio_entry each;
	struct cpio cpio;
	int found = 0, result;

	cpio_open(&cpio, archive, bytes);
	while ((result = cpio_next(&cpio, &each)) > 0) {
		if (S_ISREG(each.mode) && strcmp(each.name, name_trimmed(name)) == 0) {
			*entry = each;
			found = 1;
		}
	}
	return found ? 1 : result;
}
