/* SPDX-License-Identifier: MIT */
/* proc_maps.c - /proc/PID/maps: the line of each kind of map, and how lines join and part. */
#include "../../09-vfs/tests/scratch.h"

#include <sys/sysmacros.h>

static char bytes[20000], here[200];

static const char *maps_of(const char *pid)
{
	int fd = open(text("/proc/%s/maps", pid), O_RDONLY);
	long length = 0, now;

	while ((now = read(fd, bytes + length, sizeof(bytes) - 1 - length)) > 0)
		length += now;
	bytes[length] = '\0';
	close(fd);
	return bytes;
}

/*
 * The lines of the pages from `at` on: each as pages, rights, offset, whether device and inode are
 * those of `file`, and the name with the current directory as HERE.
 */
static void lines_at(const char *key, const char *at, long pages, const char *file)
{
	struct stat status = { 0 };
	char shown[400], name[300], one[400];
	const char *line = maps_of("self");

	if (file)
		stat(file, &status);
	*shown = '\0';
	for (; *line; line = strchr(line, '\n') + 1) {
		unsigned long start, end, offset, inode;
		unsigned major, minor;
		char rights[8], *to = shown + strlen(shown);

		snprintf(one, sizeof(one), "%.*s", (int)strcspn(line, "\n"), line);
		*name = '\0';
		sscanf(one, "%lx-%lx %4s %lx %x:%x %lu %299[^\n]", &start, &end, rights, &offset, &major,
		       &minor, &inode, name);
		if (end <= (unsigned long)at || start >= (unsigned long)at + pages * PAGE)
			continue;
		if (!strncmp(name, here, strlen(here)))
			memmove(name + 4, name + strlen(here), strlen(name + strlen(here)) + 1),
				memcpy(name, "HERE", 4);
		sprintf(to, "[%lu %s %lx %s %s]", (end - start) / PAGE, rights, offset,
			!inode && !major && !minor ? "none" :
			!file ? "some" :
			inode == status.st_ino && makedev(major, minor) == status.st_dev ? "file" : "other",
			name);
	}
	observe_text(key, shown);
}

static void anonymous(void)
{
	char *map = mmap(NULL, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	mprotect(map, PAGE, PROT_NONE);
	mprotect(map + 7 * PAGE, PAGE, PROT_NONE);
	map += PAGE;
	lines_at("anonymous", map, 6, NULL);
	mprotect(map + 2 * PAGE, 2 * PAGE, PROT_READ);
	lines_at("parted", map, 6, NULL);
	mprotect(map + 2 * PAGE, 2 * PAGE, PROT_READ | PROT_WRITE);
	lines_at("joined", map, 6, NULL);
	munmap(map + PAGE, PAGE);
	lines_at("with_hole", map, 6, NULL);
	mprotect(map, PAGE, PROT_EXEC);
	lines_at("rights", map, 6, NULL);
	munmap(map - PAGE, 8 * PAGE);
}

static void files(void)
{
	int fd;
	char *map;

	file_make("file name", "contents");
	fd = open("file name", O_RDWR);
	ftruncate(fd, 10 * PAGE);
	map = mmap(NULL, 6 * PAGE, PROT_READ, MAP_PRIVATE, fd, 0);
	lines_at("private_file", map, 6, "file name");
	mprotect(map + PAGE, 2 * PAGE, PROT_READ | PROT_WRITE);
	lines_at("private_file_parted", map, 6, "file name");
	munmap(map, 6 * PAGE);
	map = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 3 * PAGE);
	lines_at("shared_file", map, 4, "file name");
	munmap(map + PAGE, PAGE);
	lines_at("shared_file_hole", map, 4, "file name");
	mmap(map + PAGE, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 4 * PAGE);
	lines_at("shared_file_filled", map, 4, "file name");
	rename("file name", "line\nend");
	lines_at("newline_in_name", map, 4, "line\nend");
	link("line\nend", "other");
	unlink("line\nend");
	lines_at("unlinked", map, 4, "other");
	munmap(map, 4 * PAGE);
	close(fd);
}

static void shared_memory(void)
{
	char *map = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int zero = open("/dev/zero", O_RDWR);

	lines_at("shared_anonymous", map, 2, NULL);
	munmap(map, 2 * PAGE);
	map = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, zero, 0);
	lines_at("shared_zero", map, 2, NULL);
	munmap(map, 2 * PAGE);
	map = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, zero, 0);
	lines_at("private_zero", map, 2, NULL);
	munmap(map, 2 * PAGE);
	close(zero);
}

/* How many lines have this name, and the columns of one. */
static void named(const char *name)
{
	const char *line = maps_of("self"), *end, *found = NULL;
	int count = 0;

	for (; *line; line = end + 1) {
		end = strchr(line, '\n');
		if (end - line > (long)strlen(name) && !strncmp(end - strlen(name), name, strlen(name)))
			count++, found = end - strlen(name) - strlen("");
	}
	observe_number(text("count_%s", name), count);
	if (!found)
		return;
	for (line = found; line > bytes && line[-1] != '\n';)
		line--;
	observe_number(text("column_%s", name), found - line);
}

static void unordered(void)
{
	unsigned long last = 0, start, end;
	int wrong = 0;

	for (const char *line = maps_of("self"); *line; line = strchr(line, '\n') + 1) {
		sscanf(line, "%lx-%lx", &start, &end);
		wrong += start < last || end <= start;
		last = end;
	}
	observe_number("unordered", wrong);
}

TEST
{
	char *heap;

	scratch();
	getcwd(here, sizeof(here));
	anonymous();
	files();
	shared_memory();
	heap = (char *)sys(SYS_brk, 0);
	sys(SYS_brk, heap + 2 * PAGE);
	named("[heap]");
	named("[stack]");
	unordered();
	return 0;
}
