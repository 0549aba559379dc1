/* SPDX-License-Identifier: MIT */
/* tty_echo.c - echo and output processing, by the column of the cursor that they leave. */
#include "terminal.h"

static struct termios initial;
static int fd;

/* Asks the screen; what was typed before is lost. */
static int column(void)
{
	struct termios raw = initial;
	char bytes[32] = "", *semicolon;
	int count = 0;

	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
	tcsetattr(fd, TCSAFLUSH, &raw);
	write(fd, "\33[6n", 4);
	do
		read(fd, bytes + count, 1);
	while (bytes[count++] != 'R' && count < 30);
	semicolon = strchr(bytes, ';');
	return semicolon ? (semicolon[1] - '0') * (semicolon[2] == 'R' ? 1 : 10) +
				   (semicolon[2] == 'R' ? 0 : semicolon[2] - '0') : -1;
}

static void echoed(const char *key, const struct termios *settings, const char *keys)
{
	write(fd, "\r", 1);
	tcsetattr(fd, TCSAFLUSH, settings);
	type(fd, keys);
	observe(key, column());
}

static void written(const char *key, tcflag_t output, const char *text)
{
	struct termios settings = initial;

	write(fd, "\r", 1);
	settings.c_oflag = output;
	tcsetattr(fd, TCSANOW, &settings);
	write(fd, text, strlen(text));
	observe(key, column());
}

static struct termios with(tcflag_t on, tcflag_t off)
{
	struct termios settings = initial;

	settings.c_lflag = (settings.c_lflag | on) & ~off;
	return settings;
}

static void echo(void)
{
	struct termios off = with(0, ECHO), no_control = with(0, ECHOCTL), plain_erase =
		with(0, ECHOE), no_kill = with(0, ECHOKE | ECHOK), raw = with(0, ICANON);

	echoed("letters", &initial, "abc");
	echoed("none", &off, "abc");
	echoed("erased", &initial, "abc\177");
	echoed("erased_all", &initial, "abc\177\177\177\177\177");
	echoed("killed", &initial, "abcdef\25");
	echoed("killed_plainly", &no_kill, "abcdef\25");
	echoed("word_erased", &initial, "ab cd\27");
	echoed("erased_plainly", &plain_erase, "abc\177");
	echoed("control", &initial, "\1\2");
	echoed("control_erased", &initial, "a\1\2\177");
	echoed("control_plain", &no_control, "a\1\2");
	echoed("tab", &initial, "a\t");
	echoed("tab_erased", &initial, "abc\t\177");
	echoed("newline", &initial, "abc\n");
	echoed("literal", &initial, "a\26\3");
	echoed("interrupt", &initial, "abc\3");
	echoed("end", &initial, "abc\4");
	echoed("raw", &raw, "a\177\25b");
	echoed("wide", &initial, "a\303\251b\177");
}

static void output(void)
{
	written("out_newline", OPOST | ONLCR, "abc\n");
	written("out_plain_newline", OPOST, "abc\n");
	written("out_raw", ONLCR, "abc\n");
	written("out_return", OPOST | OCRNL, "abc\r");
	written("out_no_return_at_0", OPOST | ONOCR, "\r\rabc");
	written("out_newline_returns", OPOST | ONLRET, "abc\nd\177");
	written("out_tabs", OPOST | XTABS, "ab\tc");
}

static void session(void)
{
	signal(SIGINT, SIG_IGN);
	fd = terminal_open(0);
	tcgetattr(fd, &initial);
	echo();
	output();
	tcsetattr(fd, TCSAFLUSH, &initial);
	signal(SIGHUP, SIG_IGN);
	ioctl(fd, TIOCNOTTY);
}

TEST
{
	in_session(session);
	return 0;
}
