/* SPDX-License-Identifier: MIT */
/* proc_vdso.c - the two areas of the vDSO: their lines in maps, and what may be done to them. */
#include "../../09-vfs/tests/scratch.h"
#include "vdso.h"

#include <sys/auxv.h>
#include <sys/wait.h>
#include <time.h>

static char *image;
static unsigned long data_bytes, code_bytes; /* of [vvar] and [vdso] */

/* The line of the area called `name`: its start and bytes; the rest of it, as Linux shows it. */
static const char *line_of(const char *name, char **start, unsigned long *bytes)
{
	static char line[300], rest[300];
	FILE *maps = fopen("/proc/self/maps", "r");
	const char *found = "none";

	while (fgets(line, sizeof(line), maps)) {
		unsigned long from, to;
		char rights[8], offset[32], device[32], inode[32];

		line[strcspn(line, "\n")] = '\0';
		if (!strstr(line, name))
			continue;
		sscanf(line, "%lx-%lx %7s %31s %31s %31s", &from, &to, rights, offset, device, inode);
		*start = (char *)from;
		*bytes = to - from;
		snprintf(rest, sizeof(rest), "%s %s %s %s at column %d", rights, offset, device, inode,
			 (int)(strstr(line, name) - line));
		found = rest;
	}
	fclose(maps);
	return found;
}

static int works(const char *at)
{
	struct vdso vdso = vdso_open(at);
	int (*function)(int, struct timespec *) = vdso_function(&vdso, "__vdso_clock_gettime");
	struct timespec now = { 0 };

	return function(CLOCK_MONOTONIC, &now) == 0 && (now.tv_sec || now.tv_nsec);
}

static void show(const char *when)
{
	char *data = NULL, *code = NULL;

	observe_text(text("vvar_%s", when), line_of("[vvar]", &data, &data_bytes));
	observe_text(text("vdso_%s", when), line_of("[vdso]", &code, &code_bytes));
	observe(text("side_by_side_%s", when), data + data_bytes == code);
	observe(text("at_auxv_%s", when), code == image);
}

static void protections(void)
{
	char *data = image - data_bytes;

	observe_errno("data_writable", mprotect(data, data_bytes, PROT_READ | PROT_WRITE));
	observe_errno("data_executable", mprotect(data, data_bytes, PROT_READ | PROT_EXEC));
	observe_errno("data_none", mprotect(data, data_bytes, PROT_NONE));
	observe_errno("data_back", mprotect(data, data_bytes, PROT_READ));
	observe("read_by_kernel", write(open("/dev/null", O_WRONLY), image, PAGE) == PAGE);
	observe_errno("written_by_kernel", read(open("/dev/zero", O_RDONLY), image, 1));
}

static void copies(void)
{
	char first = image[0];
	pid_t child = fork();
	int status;

	if (!child) {
		observe_errno("code_writable",
			      mprotect(image, code_bytes, PROT_READ | PROT_WRITE | PROT_EXEC));
		image[0] = 'x';
		observe("own_copy", image[0]);
		_exit(0);
	}
	waitpid(child, &status, 0);
	observe("others_copy", image[0] == first);
	if (!fork()) {
		char *none[] = { NULL };

		execve(self(), (char *[]){ "child", NULL }, none);
		_exit(1);
	}
	wait(&status);
	observe("after_exec", status);
}

static void locks(void)
{
	char line[200];
	FILE *file;

	observe_errno("lock_code", mlock(image, code_bytes));
	observe_errno("lock_data", mlock(image - data_bytes, data_bytes));
	file = fopen("/proc/self/status", "r");
	while (fgets(line, sizeof(line), file))
		if (!strncmp(line, "VmLck:", 6))
			observe_text("locked", line);
	fclose(file);
	observe_errno("unlock", munlock(image, code_bytes));
}

static void moves(void)
{
	unsigned long both = data_bytes + code_bytes;
	char *to = mmap(NULL, both + PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	observe_errno("grow", (long)mremap(image, code_bytes, code_bytes + PAGE, 0) == -1 ? -1 : 0);
	observe_errno("grow_elsewhere",
		      (long)mremap(image, code_bytes, code_bytes + PAGE, MREMAP_MAYMOVE) == -1 ? -1 : 0);
	observe_errno("grow_data", (long)mremap(image - data_bytes, data_bytes, data_bytes + PAGE,
						MREMAP_MAYMOVE) == -1 ? -1 : 0);
	observe_errno("keep_old", (long)mremap(image, code_bytes, code_bytes,
					       MREMAP_MAYMOVE | MREMAP_DONTUNMAP, NULL) == -1 ? -1 : 0);
	observe("move_data", mremap(image - data_bytes, data_bytes, data_bytes,
				    MREMAP_MAYMOVE | MREMAP_FIXED, to) == to);
	observe("move_code", mremap(image, code_bytes, code_bytes, MREMAP_MAYMOVE | MREMAP_FIXED,
				    to + data_bytes) == to + data_bytes);
	image = to + data_bytes;
	show("moved");
	observe("works_moved", works(image));
	observe_errno("unmap", munmap(to, both));
	observe("calls_work", syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &(struct timespec){ 0 }));
}

TEST
{
	image = (char *)getauxval(AT_SYSINFO_EHDR);
	if (!strcmp(test_argv[0], "child"))
		return !image || !works(image);
	show("first");
	observe("works", works(image));
	protections();
	copies();
	locks();
	moves();
	show("unmapped");
	return 0;
}
