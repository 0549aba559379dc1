/* SPDX-License-Identifier: MIT */
/*
 * own_map.c - reading a file into a shared map of itself, writing it from beyond its own end, and
 * buffers that end midway: what is moved, what is left, and nothing of anybody else's.
 */
#include "scratch.h"

#define BYTES 16384

static int fd;
static char *map;

/* The file is remade, so that no page of the new map has been touched. */
static void file_fresh(long bytes)
{
	char page[PAGE];

	if (map)
		munmap(map, BYTES);
	lseek(fd, 0, SEEK_SET);
	ftruncate(fd, 0);
	for (long at = 0; at < bytes; at++) {
		page[at % PAGE] = 'a' + (at + at / PAGE) % 26;
		if (at % PAGE == PAGE - 1 || at == bytes - 1)
			pwrite(fd, page, at % PAGE + 1, at - at % PAGE);
	}
	map = mmap(NULL, BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
}

static void look(const char *key, long bytes)
{
	static char whole[BYTES];

	SAYS(text("%s_size", key), SYS_lseek, fd, 0, SEEK_END);
	SAYS(text("%s_read", key), SYS_pread64, fd, whole, bytes, 0);
	observe_hash(text("%s_contents", key), whole, bytes);
	observe(text("%s_mapped", key), memcmp(map, whole, bytes) == 0);
}

static void reads(void)
{
	file_fresh(BYTES);
	SAYS("read_same_page", SYS_pread64, fd, map, PAGE, 0);
	look("read_same_page", BYTES);
	file_fresh(BYTES);
	SAYS("read_lower", SYS_pread64, fd, map, PAGE - 300, 300);
	SAYS("read_whole_lower", SYS_pread64, fd, map, BYTES, PAGE);
	look("read_lower", BYTES);
	file_fresh(BYTES);
	SAYS("read_untouched", SYS_pread64, fd, map + 3 * PAGE, PAGE, PAGE);
	look("read_untouched", BYTES);
	file_fresh(2 * PAGE);
	SAYS("read_beyond_end", SYS_pread64, fd, map + 2 * PAGE, PAGE, 0);
	SAYS("read_across_end", SYS_pread64, fd, map + PAGE + 96, 2 * PAGE, 0);
	look("read_across_end", 2 * PAGE);
}

static void writes(void)
{
	file_fresh(PAGE);
	SAYS("write_beyond_end", SYS_pwrite64, fd, map + PAGE, PAGE, 0);
	look("write_beyond_end", PAGE);
	SAYS("write_grows_to_its_source", SYS_pwrite64, fd, map + 2048, PAGE, PAGE);
	look("write_grows_to_its_source", 2 * PAGE);
	file_fresh(PAGE);
	SAYS("write_hole_of_itself", SYS_pwrite64, fd, map + PAGE, 100, 3 * PAGE);
	SAYS("nothing_grew", SYS_lseek, fd, 0, SEEK_END);
	ftruncate(fd, 3 * PAGE);
	SAYS("write_from_hole", SYS_pwrite64, fd, map + PAGE, 2 * PAGE, 0);
	look("write_from_hole", 3 * PAGE);
}

/* Memory that the file system gets next is full of this. */
static void memory_soil(void)
{
	char *soil = mmap(NULL, 512 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			  -1, 0);

	memset(soil, 'S', 512 * PAGE);
	munmap(soil, 512 * PAGE);
}

/* Two pages of which the second is gone. */
static char *torn_pages(int protection)
{
	char *pages = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			   -1, 0);

	memset(pages, 'T', PAGE);
	mprotect(pages, PAGE, protection);
	munmap(pages + PAGE, PAGE);
	return pages;
}

static void torn(void)
{
	char *source = torn_pages(PROT_READ), *into = torn_pages(PROT_READ | PROT_WRITE);

	file_fresh(0);
	memory_soil();
	SAYS("torn_write", SYS_write, fd, source + PAGE - 100, PAGE);
	SAYS("torn_position", SYS_lseek, fd, 0, SEEK_CUR);
	ftruncate(fd, 4 * PAGE);
	look("torn_write", 4 * PAGE);
	memory_soil();
	SAYS("torn_page_three", SYS_pwrite64, fd, source + PAGE - 10, 50, 3 * PAGE - 5);
	look("torn_page_three", 4 * PAGE);
	SAYS("torn_again", SYS_write, fd, source + PAGE, 1);
	SAYS("torn_same_position", SYS_lseek, fd, 0, SEEK_CUR);
	file_fresh(BYTES);
	lseek(fd, 10, SEEK_SET);
	SAYS("torn_read", SYS_read, fd, into + PAGE - 200, 1000);
	SAYS("torn_read_position", SYS_lseek, fd, 0, SEEK_CUR);
	observe("torn_read_bytes", memcmp(into + PAGE - 200, map + 10, 200) == 0);
	SAYS("torn_read_at_once", SYS_read, fd, into + PAGE, 1000);
	SAYS("read_into_read_only", SYS_read, fd, source, 1000);
	SAYS("torn_position_still", SYS_lseek, fd, 0, SEEK_CUR);
}

TEST
{
	scratch();
	fd = open("file", O_CREAT | O_RDWR, 0600);
	reads();
	writes();
	torn();
	return 0;
}
