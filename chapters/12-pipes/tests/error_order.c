/* SPDX-License-Identifier: MIT */
/*
 * error_order.c - what is said when several things are wrong at once: each call of the read and
 * write family, and mmap, by kinds of descriptors, each with good and bad memory.
 */
#include "../../09-vfs/tests/scratch.h"

#include <sys/mman.h>
#include <sys/uio.h>

struct request {
	const char *name;
	void *memory; /* a buffer or segments */
	long count;   /* bytes or segments */
};

static char buffer[8];
static struct iovec good = { buffer, 4 }, null = { NULL, 4 }, nothing = { buffer, 0 };
static struct iovec too_long = { buffer, -1 };

static const struct request plain[] = {
	{ "good", buffer, 4 }, { "null", NULL, 4 }, { "none", buffer, 0 }, { "null_none", NULL, 0 },
	{ "negative", buffer, -1 }, { "kernel", (void *)-4096, 4 },
};
static const struct request vectors[] = {
	{ "good", &good, 1 }, { "null", &null, 1 }, { "nothing", &nothing, 1 }, { "none", &good, 0 },
	{ "too_long", &too_long, 1 }, { "negative", &good, -1 }, { "too_many", &good, 1025 },
	{ "no_vector", NULL, 1 },
};

static const struct {
	const char *name;
	long number;
	bool segments, positioned;
	int flags;
} calls[] = {
	{ "read", SYS_read, false, false, 0 },	     { "write", SYS_write, false, false, 0 },
	{ "pread", SYS_pread64, false, true, 0 },    { "pwrite", SYS_pwrite64, false, true, 0 },
	{ "readv", SYS_readv, true, false, 0 },	     { "writev", SYS_writev, true, false, 0 },
	{ "preadv", SYS_preadv, true, true, 0 },     { "pwritev", SYS_pwritev, true, true, 0 },
	{ "preadv2", SYS_preadv2, true, true, 0 },   { "pwritev2", SYS_pwritev2, true, true, 0 },
	{ "preadv2f", SYS_preadv2, true, true, -1 }, { "pwritev2f", SYS_pwritev2, true, true, -1 },
};

static struct {
	const char *name;
	int fd;
} files[9];

static void file_add(const char *name, int fd)
{
	static int count;

	files[count].name = name;
	files[count++].fd = fd;
}

static void files_open(void)
{
	int ends[2], drained[2];

	file_make("file", "0123456789");
	pipe2(ends, O_NONBLOCK);
	pipe2(drained, O_NONBLOCK);
	file_add("closed", 99);
	file_add("reading", open("file", O_RDONLY));
	file_add("writing", open("file", O_WRONLY));
	file_add("path", open("file", O_PATH));
	file_add("directory", open(".", O_RDONLY));
	file_add("read_end", drained[0]);
	file_add("write_end", ends[1]);
	file_add("null", open("/dev/null", O_RDWR));
	file_add("negative", -1);
}

/* The answers of one call to all requests, in one line. */
static void answers(unsigned call, unsigned file, long position)
{
	const struct request *requests = calls[call].segments ? vectors : plain;
	unsigned count = calls[call].segments ? 8 : 6;
	char line[200] = "";

	for (unsigned i = 0; i < count; i++) {
		long result;

		lseek(files[file].fd, 0, SEEK_SET);
		result = sys(calls[call].number, files[file].fd, requests[i].memory,
			     requests[i].count, position, 0, calls[call].flags);
		strcat(line, text("%s%d", i ? " " : "", (int)result));
	}
	observe_text(text("%s_%s%s", calls[call].name, files[file].name,
			  position < 0 ? text("_at_%d", (int)position) : ""), line);
}

static void maps(unsigned file)
{
	char line[300] = "";
	static const struct {
		long length, protection, flags, offset;
	} cases[] = {
		{ 0, PROT_READ, MAP_PRIVATE, 0 },
		{ 0, PROT_READ, MAP_PRIVATE, 1 },
		{ -1, PROT_READ, MAP_PRIVATE, 0 },
		{ 4096, PROT_READ, MAP_PRIVATE, 1 },
		{ 4096, PROT_READ, 0, 0 },
		{ 0, PROT_READ, 0, 0 },
		{ 4096, PROT_READ | PROT_WRITE, MAP_SHARED, 0 },
		{ 4096, PROT_READ, MAP_SHARED | MAP_GROWSDOWN, 0 },
		{ 4096, PROT_READ, MAP_PRIVATE | MAP_FIXED, 0 },
		{ 8192, PROT_READ, MAP_PRIVATE, 0x7ffffffffffff000 },
		{ 8192, PROT_READ, MAP_PRIVATE, 0xfffffffffffff000 },
		{ -4096, PROT_READ, MAP_SHARED, 0 },
		{ 0x7ffffffff000, PROT_READ, MAP_SHARED | MAP_FIXED, 0 },
		{ 4096, PROT_READ, ~0L, 0 },
		{ 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, 0 },
		{ 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB | 12 << 26, 0 },
		{ 4096, PROT_READ, MAP_PRIVATE | MAP_HUGETLB, 0 },
	};

	for (unsigned i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		long at = sys(SYS_mmap, cases[i].flags & MAP_FIXED, cases[i].length,
			      cases[i].protection, cases[i].flags, files[file].fd, cases[i].offset);

		strcat(line, text("%s%d", i ? " " : "", at < 0 && at > -4096 ? (int)at : 0));
	}
	observe_text(text("mmap_%s", files[file].name), line);
}

TEST
{
	scratch();
	files_open();
	for (unsigned file = 0; file < sizeof(files) / sizeof(*files); file++) {
		for (unsigned call = 0; call < sizeof(calls) / sizeof(*calls); call++) {
			answers(call, file, 0);
			if (calls[call].positioned)
				answers(call, file, -1);
			if (calls[call].positioned)
				answers(call, file, -2);
		}
		maps(file);
	}
	return 0;
}
