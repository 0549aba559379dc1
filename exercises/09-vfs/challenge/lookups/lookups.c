/* SPDX-License-Identifier: MIT */
/* lookups.c - the challenge: 10,000 names looked up, most of them there, eight directories deep. */
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOOKUPS 10000

TEST
{
	char name[128] = "/tmp/lookups";
	struct stat status;
	int found = 0;

	for (int depth = 0; depth < 8; depth++) {
		mkdir(name, 0755);
		strcat(name, "/directory");
	}
	for (int i = 0; i < 16; i++) {
		sprintf(strrchr(name, '/'), "/file-%d", i);
		close(open(name, O_CREAT | O_WRONLY, 0644));
	}
	for (int i = 0; i < LOOKUPS; i++) {
		sprintf(strrchr(name, '/'), "/file-%d", i % 20);
		found += stat(name, &status) == 0;
	}
	observe_number("found", found);
	return 0;
}
