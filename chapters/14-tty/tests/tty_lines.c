/* SPDX-License-Identifier: MIT */
/* tty_lines.c - canonical input: when a line is there, and what its editing keys do. */
#include "terminal.h"

static struct termios initial;

static void begin(int fd)
{
	struct termios quiet = initial;

	quiet.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(fd, TCSAFLUSH, &quiet);
}

static void typed(const char *key, int fd, const char *keys)
{
	type(fd, keys);
	observe_read(key, fd, 4999);
}

static int ready(int fd)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

	return poll(&poll_fd, 1, 0);
}

static int available(int fd)
{
	int count = -1;

	ioctl(fd, FIONREAD, &count);
	return count;
}

static void settings(void)
{
	observe_hex("iflag", initial.c_iflag);
	observe_hex("oflag", initial.c_oflag);
	observe_hex("lflag", initial.c_lflag);
	observe_hex("characters", initial.c_cflag & (CSIZE | CREAD | PARENB));
	observe_bytes("keys", initial.c_cc, 17);
}

static void lines(int fd)
{
	fcntl(fd, F_SETFL, O_RDWR | O_NONBLOCK);
	type(fd, "ab");
	observe("half_read", E(read(fd, &(char){ 0 }, 1)));
	observe("half_ready", ready(fd));
	observe("half_count", available(fd));
	type(fd, "c\nde");
	observe("whole_ready", ready(fd));
	observe("whole_count", available(fd));
	observe_read("whole", fd, 100);
	observe_read("rest", fd, 100);
	typed("completed", fd, "f\n");
	type(fd, "one\ntwo\n");
	observe_read("first_part", fd, 2);
	observe_read("second_part", fd, 100);
	observe_read("next_line", fd, 100);
	typed("empty_line", fd, "\n");
}

/* ^D: the line so far, without itself; at the start of a line that is the end of the file. */
static void ends(int fd)
{
	typed("end", fd, "\4");
	observe_read("end_is_gone", fd, 10);
	typed("pushed", fd, "abc\4");
	observe_read("after_pushed", fd, 10);
	type(fd, "abc\4");
	observe_read("exactly", fd, 3);
	observe_read("after_exactly", fd, 10);
	type(fd, "abc\4");
	observe_read("less", fd, 2);
	observe_read("last", fd, 1);
	observe_read("after_last", fd, 10);
	type(fd, "a\4\4b\n");
	observe_read("two_ends_1", fd, 10);
	observe_read("two_ends_2", fd, 10);
	observe_read("two_ends_3", fd, 10);
}

static void editing(int fd)
{
	typed("erase", fd, "abx\177c\n");
	typed("erase_too_much", fd, "a\177\177\177b\n");
	typed("kill", fd, "abc\25def\n");
	typed("word", fd, "one two\27three\n");
	typed("word_spaces", fd, "one two   \27x\n");
	typed("word_signs", fd, "a/b-c.d_e\27x\n");
	typed("not_past_the_line", fd, "first\n\177\25second\n");
	observe_read("second_line", fd, 100);
	typed("not_past_the_end", fd, "ab\4\177\177c\n");
	observe_read("after_the_end", fd, 100);
	typed("literal", fd, "a\26\3\26\4\26\177b\n");
	typed("erase_character", fd, "x\303\251\177y\n");
	typed("reprint", fd, "ab\22c\n");
}

static void translation(int fd)
{
	struct termios t;

	typed("return", fd, "ab\r");
	tcgetattr(fd, &t);
	t.c_iflag = INLCR;
	tcsetattr(fd, TCSANOW, &t);
	typed("newline_is_return", fd, "a\nb\4");
	t.c_iflag = IGNCR | ISTRIP;
	tcsetattr(fd, TCSANOW, &t);
	typed("no_returns_seven_bits", fd, "a\r\341b\n");
	t.c_iflag = IUCLC | ICRNL;
	tcsetattr(fd, TCSANOW, &t);
	typed("lower_case", fd, "HeLLo\r");
	t.c_cc[VEOL] = ';';
	t.c_cc[VEOL2] = ',';
	tcsetattr(fd, TCSANOW, &t);
	type(fd, "a;b,c\n");
	observe_read("other_end", fd, 100);
	observe_read("another_end", fd, 100);
	observe_read("usual_end", fd, 100);
	t.c_cc[VERASE] = _POSIX_VDISABLE;
	tcsetattr(fd, TCSANOW, &t);
	typed("no_erase", fd, "a\177b\n");
}

/* A line has room for 4095 bytes and its end; what is typed beyond is lost. */
static void full(int fd)
{
	char bytes[5000];
	ssize_t got;

	for (int i = 0; i < 4500; i++)
		type(fd, "x");
	type(fd, "y\n");
	got = read(fd, bytes, sizeof(bytes));
	observe("full", got);
	observe("last_byte", bytes[got > 0 ? got - 1 : 0]);
	observe("last_but_one", bytes[got > 1 ? got - 2 : 0]);
	observe_read("nothing_left", fd, 10);
}

static void session(void)
{
	int fd = terminal_open(O_NOCTTY);

	tcgetattr(fd, &initial);
	settings();
	begin(fd);
	lines(fd);
	begin(fd);
	ends(fd);
	begin(fd);
	editing(fd);
	begin(fd);
	translation(fd);
	begin(fd);
	full(fd);
	tcsetattr(fd, TCSAFLUSH, &initial);
}

TEST
{
	in_session(session);
	return 0;
}
