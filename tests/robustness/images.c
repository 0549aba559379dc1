/* SPDX-License-Identifier: MIT */
/*
 * images.c - executes damaged copies of a program and says how each one went.
 *
 *	images FILE
 *
 * The damage is always the same: truncations, every byte of the headers with one bit, the top bit
 * and all bits turned, and a few hundred random words.  One line a copy: what was done, and the error
 * of execve or how the program ended ("late" when it had to be stopped).  FILE may be any small program
 * that exits with 42.
 */
#define _GNU_SOURCE
#include "counts.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/time.h>

#define HEADERS	  400 /* bytes: the ELF header and six program headers */
#define RANDOM	  200
#define COPY_MODE 0755

static unsigned char image[65536], copy[65536];
static size_t image_size;
static const char *copy_path = "/tmp/damaged";

static unsigned long random_next(void)
{
	static unsigned long state = 88172645463325252UL; /* xorshift */

	state ^= state << 13, state ^= state >> 7, state ^= state << 17;
	return state;
}

static void copy_write(size_t length)
{
	int fd;

	unlink(copy_path);
	fd = open(copy_path, O_CREAT | O_WRONLY, COPY_MODE);
	if (fd < 0 || write(fd, copy, length) != (ssize_t)length)
		fail(copy_path);
	close(fd);
}

/* In the child.  Never comes back; an error of execve is told by a pipe that exec closes. */
static void execute(int tell)
{
	char *const arguments[] = { "damaged", NULL };
	struct itimerval soon = { .it_value = { .tv_usec = 20000 } };
	struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
	setitimer(ITIMER_REAL, &soon, NULL);
	execve(copy_path, arguments, arguments + 1);
	if (write(tell, &errno, sizeof(errno)) < 0)
		_exit(1);
	_exit(0);
}

static void run(const char *what, size_t length)
{
	int ends[2], error = 0, status;
	pid_t child;

	copy_write(length);
	if (pipe2(ends, O_CLOEXEC))
		fail("pipe");
	child = fork();
	if (!child)
		execute(ends[1]);
	close(ends[1]);
	if (read(ends[0], &error, sizeof(error)) < 0)
		fail("read");
	close(ends[0]);
	waitpid(child, &status, 0);
	if (error)
		printf("%s: %s\n", what, strerror(error));
	else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
		printf("%s: late\n", what);
	else
		printf("%s: %s\n", what, ending(status));
}

static void truncations(void)
{
	char what[64];

	memcpy(copy, image, image_size);
	for (size_t length = 0; length < image_size; length += length < 420 ? 7 : 509) {
		snprintf(what, sizeof(what), "first %zu bytes", length);
		run(what, length);
	}
	run("whole", image_size);
	run("with a tail", image_size + 5000);
}

static void turned_bytes(void)
{
	char what[64];

	for (size_t at = 0; at < HEADERS && at < image_size; at++) {
		const unsigned char turns[] = { 1 << at % 7, 0x80, 0xff };

		for (int i = 0; i < 3; i++) {
			memcpy(copy, image, image_size);
			copy[at] ^= turns[i];
			snprintf(what, sizeof(what), "byte %zu ^ %#x", at, turns[i]);
			run(what, image_size);
		}
	}
}

static void random_words(void)
{
	char what[64];

	for (int i = 0; i < RANDOM; i++) {
		memcpy(copy, image, image_size);
		for (int n = random_next() % 4; n >= 0; n--) {
			unsigned long word = random_next() >> random_next() % 64;

			memcpy(copy + random_next() % (HEADERS / 8) * 8, &word, sizeof(word));
		}
		snprintf(what, sizeof(what), "random %d", i);
		run(what, image_size);
	}
}

int main(int argc, char **argv)
{
	int fd = argc > 1 ? open(argv[1], O_RDONLY) : -1;

	if (argc > 2)
		copy_path = argv[2];
	if (fd < 0)
		fail("image");
	image_size = read(fd, image, sizeof(image) - 8192);
	close(fd);
	truncations();
	turned_bytes();
	random_words();
	unlink(copy_path);
	return 0;
}
