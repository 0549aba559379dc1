/* SPDX-License-Identifier: MIT */
/*
 * printf.c - texts from formats, as C99's vsnprintf() without floating point.
 *
 * One conversion is parsed into a `struct conversion`, then written by the function for its kind.
 * All output passes emit(), which counts every character and stores those that fit: so the result
 * is the length of the whole text, and no writer needs to think of the buffer's end.
 * Nothing here allocates, locks or keeps state.
 *
 * A width or precision given as `*` may be negative: a negative width means the flag `-`, a
 * negative precision none (C11 7.21.6.1). An unknown conversion shows itself in the text instead
 * of being undefined, since a log line is often the last thing that a kernel says.
 */
#include "lib/printf.h"
#include "lib/assert.h"
#include "lib/string.h"

struct output {
	char *buffer;
	size_t room;   /* bytes of buffer, the NUL included */
	size_t length; /* characters emitted so far, those that did not fit too */
};

struct conversion {
	bool left, zero, alternate, plus, space; /* the flags - 0 # + and blank */
	int width;				 /* least number of characters */
	int precision;				 /* -1: none given */
	int size;				 /* of the integer argument, in bytes */
	char kind;				 /* the conversion's letter */
};

/* One byte stays free for the NUL. */
static void emit(struct output *out, char c)
{
	if (out->length + 1 < out->room)
		out->buffer[out->length] = c;
	out->length++;
}

static void emit_many(struct output *out, char c, int times)
{
	while (times-- > 0)
		emit(out, c);
}

/* At most `precision` bytes are looked at, so a text without an end can be printed with one (C11
 * 7.21.6.1). */
static void emit_text(struct output *out, const struct conversion *how, const char *text)
{
	size_t most = how->precision < 0 ? SIZE_MAX : (size_t)how->precision;
	int length;

	if (!text)
		text = "(null)";
	length = (int)strnlen(text, most);
	if (!how->left)
		emit_many(out, ' ', how->width - length);
	for (int i = 0; i < length; i++)
		emit(out, text[i]);
	if (how->left)
		emit_many(out, ' ', how->width - length);
}

/* Writes the digits backwards from `end`; returns their start.  Zero has no digits here. */
static char *digits_before(char *end, uint64_t value, unsigned base, bool upper)
{
	const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";

	for (; value; value /= base)
		*--end = digits[value % base];
	return end;
}

/* sign or prefix, zeros up to the precision or (flag 0) the width, digits; blanks around. */
static void emit_number(struct output *out, const struct conversion *how, const char *prefix,
			uint64_t value, unsigned base)
{
	/* 22 octal digits are the longest that 64 bits can have. */
	char text[24], *end = text + sizeof(text);
	char *digits = digits_before(end, value, base, how->kind == 'X');
	int length = (int)(end - digits), prefix_length = (int)strlen(prefix);
	int least = how->precision < 0 ? 1 : how->precision;
	int zeros;

	assert(digits >= text);
	if (how->zero && !how->left && how->precision < 0)
		least = max(least, how->width - prefix_length);
	zeros = max(least - length, 0);
	if (!how->left)
		emit_many(out, ' ', how->width - prefix_length - zeros - length);
	for (const char *p = prefix; *p; p++)
		emit(out, *p);
	emit_many(out, '0', zeros);
	while (digits < end)
		emit(out, *digits++);
	if (how->left)
		emit_many(out, ' ', how->width - prefix_length - zeros - length);
}

/* The least number has no positive counterpart: negated as unsigned, it is right. */
static void emit_signed(struct output *out, const struct conversion *how, int64_t value)
{
	const char *sign = value < 0 ? "-" : how->plus ? "+" : how->space ? " " : "";

	emit_number(out, how, sign, value < 0 ? -(uint64_t)value : (uint64_t)value, 10);
}

/* A zero gets no prefix: "0", not "0x0" (C11 7.21.6.1). */
static void emit_unsigned(struct output *out, struct conversion *how, uint64_t value)
{
	const char *prefix = "";

	switch (how->kind) {
	case 'x':
	case 'X':
		if (how->alternate && value)
			prefix = how->kind == 'x' ? "0x" : "0X";
		emit_number(out, how, prefix, value, 16);
		break;
	case 'o':
		emit_number(out, how, how->alternate && value ? "0" : "", value, 8);
		break;
	default:
		emit_number(out, how, "", value, 10);
	}
}

static bool take(const char **format, char c)
{
	if (**format != c)
		return false;
	++*format;
	return true;
}

static const char *parse_flags(const char *format, struct conversion *how)
{
	for (;; format++) {
		switch (*format) {
		case '-':
			how->left = true;
			break;
		case '0':
			how->zero = true;
			break;
		case '#':
			how->alternate = true;
			break;
		case '+':
			how->plus = true;
			break;
		case ' ':
			how->space = true;
			break;
		default:
			return format;
		}
	}
}

/* Formats are the kernel's own: no number in them is large. */
static int parse_int(const char **format)
{
	int value = 0;

	while (**format >= '0' && **format <= '9')
		value = value * 10 + (*(*format)++ - '0');
	return value;
}

/* Without one an int; q, L and the like do not exist here. */
static const char *parse_length(const char *format, struct conversion *how)
{
	how->size = sizeof(int);
	if (take(&format, 'h'))
		how->size = take(&format, 'h') ? sizeof(char) : sizeof(short);
	else if (take(&format, 'l'))
		how->size = take(&format, 'l') ? sizeof(long long) : sizeof(long);
	else if (take(&format, 'z') || take(&format, 't') || take(&format, 'j'))
		how->size = sizeof(size_t);
	return format;
}

/* Shifts up and arithmetically down again: GCC and clang define that for negative numbers. */
static int64_t narrow_signed(int64_t value, int size)
{
	int unused = 64 - 8 * size;

	assert(unused >= 0 && unused < 64);
	return (int64_t)((uint64_t)value << unused) >> unused;
}

static uint64_t narrow_unsigned(uint64_t value, int size)
{
	int unused = 64 - 8 * size;

	return value << unused >> unused;
}

/*
 * Integer arguments of every size are passed in slots of eight bytes, so va_arg(long) takes any of
 * them, and narrowing drops what the upper half happened to hold.
 */
static void convert(struct output *out, struct conversion *how, va_list *arguments)
{
	char one[2] = "";

	switch (how->kind) {
	case 'd':
	case 'i':
		emit_signed(out, how, narrow_signed(va_arg(*arguments, long), how->size));
		break;
	case 'u':
	case 'x':
	case 'X':
	case 'o':
		emit_unsigned(out, how,
			      narrow_unsigned(va_arg(*arguments, unsigned long), how->size));
		break;
	case 'p':
		how->kind = 'x';
		emit_number(out, how, "0x", (uint64_t)va_arg(*arguments, void *), 16);
		break;
	case 's':
		emit_text(out, how, va_arg(*arguments, const char *));
		break;
	case 'c':
		one[0] = (char)va_arg(*arguments, int);
		emit_many(out, ' ', how->left ? 0 : how->width - 1);
		emit(out, one[0]);
		emit_many(out, ' ', how->left ? how->width - 1 : 0);
		break;
	default: /* unknown: shown as it stands, so that the mistake is seen */
		emit(out, '%');
		if (how->kind && how->kind != '%')
			emit(out, how->kind);
	}
}

/* `format` stands behind the '%'; returns what follows the conversion. */
static const char *parse_conversion(const char *format, struct conversion *how, va_list *arguments)
{
	*how = (struct conversion){ .precision = -1 };
	format = parse_flags(format, how);
	how->width = take(&format, '*') ? va_arg(*arguments, int) : parse_int(&format);
	if (how->width < 0) {
		how->left = true;
		how->width = -how->width;
	}
	if (take(&format, '.'))
		how->precision = take(&format, '*') ? va_arg(*arguments, int) : parse_int(&format);
	format = parse_length(format, how);
	how->kind = *format;
	return *format ? format + 1 : format;
}

int vsnprintf(char *buffer, size_t room, const char *format, va_list arguments)
{
	struct output out = { buffer, room, 0 };
	struct conversion how;
	va_list rest;

	assert(buffer || !room);
	va_copy(rest, arguments);
	while (*format) {
		if (*format != '%') {
			emit(&out, *format++);
			continue;
		}
		format = parse_conversion(format + 1, &how, &rest);
		convert(&out, &how, &rest);
	}
	va_end(rest);
	if (room)
		buffer[min(out.length, room - 1)] = '\0';
	return (int)out.length;
}

int snprintf(char *buffer, size_t room, const char *format, ...)
{
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(buffer, room, format, arguments);
	va_end(arguments);
	return length;
}
