/* SPDX-License-Identifier: MIT */
/* absent_names.c - names that were asked for and are not there: remembering them must not take the
 * memory that others need. */
#include "test.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <unistd.h>

#define LEAVE (24UL << 20)  /* bytes that others have */
#define MOST  (512UL << 20) /* to take of a large machine */
#define NAMES 90000	    /* each takes more than 300 bytes */

static void memory_take(void)
{
	struct sysinfo now;
	unsigned long bytes;
	char *at;

	sysinfo(&now);
	bytes = now.freeram > LEAVE ? now.freeram - LEAVE : 0;
	bytes = bytes > MOST ? MOST : bytes;
	at = mmap(NULL, bytes + PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	for (unsigned long i = 0; i < bytes; i += PAGE)
		at[i] = 1;
}

static void in_child(void)
{
	static char more[256 * PAGE];

	for (unsigned long i = 0; i < sizeof(more); i += PAGE)
		more[i] = 1;
	_exit(7);
}

TEST
{
	char name[256] = "/tmp/";
	struct stat status;
	long other = 0;

	memory_take();
	memset(name + 5, 'x', 200);
	for (int i = 0; i < NAMES; i++) {
		strcpy(name + 200, text("%d", i));
		if (stat(name, &status) != -1 || errno != ENOENT)
			other = errno;
	}
	observe("another_answer", -other);
	observe_child("child", in_child);
	return 0;
}
