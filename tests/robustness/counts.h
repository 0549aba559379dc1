/* SPDX-License-Identifier: MIT */
/*
 * counts.h - what is in use: free frames (/proc/meminfo) and objects of every kind (/proc/slabinfo),
 * after the caches have been dropped, so that two counts can be compared exactly.
 *
 * Frames that slabs hold count as free: how full a slab is depends on the order of events, the
 * objects in it do not.
 */
#pragma once

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CACHES_MAX 64

struct counts {
	long frames; /* KiB free, or held by slabs */
	int caches;
	struct {
		char name[24];
		long used;
	} cache[CACHES_MAX];
};

static inline void fail(const char *what)
{
	perror(what);
	exit(99);
}

static inline void write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);

	if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		fail(path);
	close(fd);
}

static inline char *read_file(const char *path)
{
	static char text[16384];
	int fd = open(path, O_RDONLY);
	ssize_t got, length = 0;

	if (fd < 0)
		fail(path);
	while ((got = read(fd, text + length, sizeof(text) - 1 - length)) > 0)
		length += got;
	close(fd);
	text[length] = '\0';
	return text;
}

static inline long memory_line(const char *text, const char *name)
{
	const char *line = strstr(text, name);

	return line ? atol(line + strlen(name) + 1) : -1;
}

static inline void pause_for(long milliseconds)
{
	struct timespec time = { milliseconds / 1000, milliseconds % 1000 * 1000000 };

	nanosleep(&time, NULL);
}

/* A little rest first, so that the first process can reap the orphans. */
static inline void counts_take(struct counts *counts)
{
	static char name[64];
	char *text, *line;
	long used;

	pause_for(20);
	write_file("/proc/sys/vm/drop_caches", "3");
	text = read_file("/proc/slabinfo");
	counts->caches = 0;
	for (line = text; line && counts->caches < CACHES_MAX; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (sscanf(line, "%23s %ld", name, &used) != 2 || !strcmp(name, "slabinfo"))
			continue;
		strcpy(counts->cache[counts->caches].name, name);
		counts->cache[counts->caches++].used = used;
	}
	text = read_file("/proc/meminfo");
	counts->frames = memory_line(text, "\nMemFree") + memory_line(text, "\nSlab");
}

static inline long counts_used(const struct counts *counts, const char *name)
{
	for (int i = 0; i < counts->caches; i++)
		if (!strcmp(counts->cache[i].name, name))
			return counts->cache[i].used;
	return 0;
}

/* Says what differs; true if nothing does. */
static inline bool counts_same(const struct counts *before, const struct counts *after)
{
	bool same = before->frames == after->frames;

	if (!same)
		printf("free: %ld KiB before, %ld KiB after\n", before->frames, after->frames);
	for (int i = 0; i < after->caches; i++) {
		long was = counts_used(before, after->cache[i].name);

		if (was == after->cache[i].used)
			continue;
		printf("%s: %ld in use before, %ld after\n", after->cache[i].name, was,
		       after->cache[i].used);
		same = false;
	}
	return same;
}

/* How a child ended: "exit 3", "signal 11". */
static inline const char *ending(int status)
{
	static char text[32];

	if (WIFSIGNALED(status))
		snprintf(text, sizeof(text), "signal %d", WTERMSIG(status));
	else
		snprintf(text, sizeof(text), "exit %d", WEXITSTATUS(status));
	return text;
}
