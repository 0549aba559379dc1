/* SPDX-License-Identifier: MIT */
/*
 * test.c - writes observations.  Each goes out by one write(2), so that those of two processes do
 * not mix; nothing here is kept between them but the buffers of text().
 */
#include "test.h"

#include <errno.h>
#include <sys/mman.h>

#define LINE_MAX 600

struct line {
	char bytes[LINE_MAX];
	size_t length;
};

static void put(struct line *line, char c)
{
	if (line->length < LINE_MAX - 1)
		line->bytes[line->length++] = c;
}

static void put_text(struct line *line, const char *s)
{
	while (*s)
		put(line, *s++);
}

static void put_number(struct line *line, unsigned long value, unsigned base)
{
	char digits[24];
	int count = 0;

	do
		digits[count++] = "0123456789abcdef"[value % base];
	while (value /= base);
	while (count)
		put(line, digits[--count]);
}

static void put_signed(struct line *line, long value)
{
	if (value < 0)
		put(line, '-');
	put_number(line, value < 0 ? -(unsigned long)value : (unsigned long)value, 10);
}

static void put_byte(struct line *line, unsigned char byte)
{
	if (byte >= ' ' && byte < 0x7f && byte != '\\') {
		put(line, (char)byte);
		return;
	}
	put_text(line, "\\x");
	put(line, "0123456789abcdef"[byte >> 4]);
	put(line, "0123456789abcdef"[byte & 15]);
}

static void start(struct line *line, const char *key)
{
	line->length = 0;
	put_text(line, key);
	put(line, '=');
}

static void end(struct line *line)
{
	line->bytes[line->length++] = '\n';
	sys(SYS_write, REPORT, line->bytes, line->length);
}

static const char *error_name(long error)
{
	switch (error) {
#define NAME(e) case e: return #e;
	NAME(EPERM) NAME(ENOENT) NAME(ESRCH) NAME(EINTR) NAME(EIO) NAME(ENXIO) NAME(E2BIG)
	NAME(ENOEXEC) NAME(EBADF) NAME(ECHILD) NAME(EAGAIN) NAME(ENOMEM) NAME(EACCES)
	NAME(EFAULT) NAME(ENOTBLK) NAME(EBUSY) NAME(EEXIST) NAME(EXDEV) NAME(ENODEV)
	NAME(ENOTDIR) NAME(EISDIR) NAME(EINVAL) NAME(ENFILE) NAME(EMFILE) NAME(ENOTTY)
	NAME(ETXTBSY) NAME(EFBIG) NAME(ENOSPC) NAME(ESPIPE) NAME(EROFS) NAME(EMLINK)
	NAME(EPIPE) NAME(EDOM) NAME(ERANGE) NAME(EDEADLK) NAME(ENAMETOOLONG) NAME(ENOSYS)
	NAME(ENOTEMPTY) NAME(ELOOP) NAME(EOVERFLOW) NAME(EOPNOTSUPP) NAME(ETIMEDOUT)
	NAME(ENODATA) NAME(EILSEQ) NAME(ESTALE) NAME(ENOTSOCK)
#undef NAME
	}
	return NULL;
}

void observe_number(const char *key, long value)
{
	struct line line;

	start(&line, key);
	put_signed(&line, value);
	end(&line);
}

void observe(const char *key, long value)
{
	const char *name = value < 0 && value >= -4095 ? error_name(-value) : NULL;
	struct line line;

	start(&line, key);
	if (name) {
		put(&line, '-');
		put_text(&line, name);
	} else {
		put_signed(&line, value);
	}
	end(&line);
}

void observe_hex(const char *key, unsigned long value)
{
	struct line line;

	start(&line, key);
	put_text(&line, "0x");
	put_number(&line, value, 16);
	end(&line);
}

void observe_bytes(const char *key, const void *bytes, size_t count)
{
	const unsigned char *byte = bytes;
	struct line line;

	start(&line, key);
	while (count--)
		put_byte(&line, *byte++);
	end(&line);
}

void observe_text(const char *key, const char *s)
{
	observe_bytes(key, s, strlen(s));
}

void observe_hash(const char *key, const void *bytes, size_t count)
{
	const unsigned char *byte = bytes;
	uint64_t hash = 0xcbf29ce484222325;

	while (count--)
		hash = (hash ^ *byte++) * 0x100000001b3;
	observe_hex(key, hash);
}

void *map_pages(size_t pages, int protection)
{
	long at = sys(SYS_mmap, 0, pages * PAGE, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (at < 0 && at > -4096) {
		observe("map_pages_failed", at);
		sys(SYS_exit_group, 99);
	}
	if (protection & PROT_WRITE)
		memset((void *)at, '\n', pages * PAGE);
	return (void *)at;
}

const char *text(const char *format, ...)
{
	static struct line lines[4];
	static unsigned turn;
	struct line *line = &lines[turn++ % 4];
	va_list arguments;

	line->length = 0;
	va_start(arguments, format);
	for (; *format; format++) {
		if (*format != '%') {
			put(line, *format);
			continue;
		}
		switch (*++format) {
		case 'd': put_signed(line, va_arg(arguments, int)); break;
		case 'u': put_number(line, va_arg(arguments, unsigned), 10); break;
		case 'x': put_number(line, va_arg(arguments, unsigned), 16); break;
		case 's': put_text(line, va_arg(arguments, const char *)); break;
		default: put(line, *format); break;
		}
	}
	va_end(arguments);
	line->bytes[line->length] = 0;
	return line->bytes;
}

void observe_child(const char *key, void (*function)(void))
{
	long child = sys(SYS_fork);
	int status = -1;

	if (child == 0) {
		function();
		sys(SYS_exit_group, 0);
	}
	if (child < 0 || sys(SYS_wait4, child, &status, 0, 0) != child)
		observe(key, child);
	else if (status & 0x7f)
		observe_text(key, text("killed by %d", status & 0x7f));
	else
		observe_text(key, text("exit %d", status >> 8 & 0xff));
}
