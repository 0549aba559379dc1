/* SPDX-License-Identifier: MIT */
/* pipe_max_size.c - /proc/sys/fs/pipe-max-size: what may be written to it, and whom it binds. */
#define _GNU_SOURCE
#include "test.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define KNOB "/proc/sys/fs/pipe-max-size"

static void show(const char *name)
{
	char now[32] = "";
	int file = open(KNOB, O_RDONLY);

	if (read(file, now, sizeof(now) - 1) < 0)
		strcpy(now, "unreadable");
	now[strcspn(now, "\n")] = '\0';
	observe_text(name, now);
	close(file);
}

static long store(const char *value)
{
	int file = open(KNOB, O_WRONLY);
	long result = sys(SYS_write, file, value, strlen(value));

	close(file);
	return result;
}

/* What a fresh pipe holds, and whether it may grow. */
static void pipe_of(const char *who)
{
	int end[2];

	pipe(end);
	observe(text("%s_first", who), sys(SYS_fcntl, end[0], F_GETPIPE_SZ));
	observe(text("%s_at_limit", who), sys(SYS_fcntl, end[0], F_SETPIPE_SZ, 8192));
	observe(text("%s_above", who), sys(SYS_fcntl, end[0], F_SETPIPE_SZ, 8193));
	close(end[0]), close(end[1]);
}

static void user(void)
{
	setuid(65534);
	observe("user_opens", sys(SYS_open, KNOB, O_WRONLY));
	pipe_of("user");
	_exit(0);
}

TEST
{
	static const char *const values[] = { "0\n", "1", "4097\n", "65536\n", "65537\n", "2147483648\n",
					      "2147483649\n", "4294967297\n", "-1\n", "x\n", "" };
	struct stat status;

	stat(KNOB, &status);
	observe_number("mode", status.st_mode & 07777);
	show("default");
	for (unsigned i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		observe(text("store_%u", i), store(values[i]));
		show(text("stored_%u", i));
	}
	observe("store_8192", store("8192\n"));
	pipe_of("root");
	observe_child("user", user);
	observe("store_default", store("1048576\n"));
	show("at_the_end");
	return 0;
}
