/* SPDX-License-Identifier: MIT */
/* fifos.c - opening FIFOs: who waits for whom, who is refused, and how the waiting ends. */
#define _GNU_SOURCE
#include "waiting.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

static volatile sig_atomic_t caught;
static void count(int signal)
{
	caught++;
}

/* A child that opens, and exits with 100 or errno; it is asleep, or has ended. */
static int opener(int flags, int restart)
{
	int pid = fork(), fd;

	if (pid)
		return pid;
	sigaction(SIGUSR1, &(struct sigaction){ .sa_handler = count, .sa_flags = restart }, NULL);
	fd = open("fifo", flags);
	_exit(fd < 0 ? errno : 100 + caught);
}

static int waiting_opener(int flags, int restart)
{
	int pid = opener(flags, restart);

	until_asleep(pid);
	return pid;
}

static long try(int flags)
{
	long fd = sys(SYS_open, "fifo", flags, 0);

	if (fd >= 0)
		close(fd);
	return fd >= 0 ? 0 : fd;
}

static void making(void)
{
	struct stat status;

	umask(022);
	observe("mkfifo", mkfifo("fifo", 0666) ? -errno : 0);
	stat("fifo", &status);
	observe_hex("mode", status.st_mode);
	observe_number("size", status.st_size);
	observe("mkfifo_exists", mkfifo("fifo", 0666) ? -errno : 0);
	observe("mkfifo_nowhere", mkfifo("none/fifo", 0666) ? -errno : 0);
	observe("truncate", truncate("fifo", 0) ? -errno : 0);
	observe("creat_excl", sys(SYS_open, "fifo", O_CREAT | O_EXCL | O_RDWR, 0600));
	observe("directory", try(O_RDONLY | O_DIRECTORY | O_NONBLOCK));
}

static void nonblocking(void)
{
	int reader, writer;

	observe("writer_alone", try(O_WRONLY | O_NONBLOCK));
	observe("writer_alone_truncates", try(O_WRONLY | O_NONBLOCK | O_TRUNC));
	observe("both", try(O_RDWR));
	observe("both_nonblock", try(O_RDWR | O_NONBLOCK));
	observe("path", try(O_PATH));
	reader = sys(SYS_open, "fifo", O_RDONLY | O_NONBLOCK, 0);
	observe_number("reader_alone", reader >= 0);
	observe("read_never", sys(SYS_read, reader, &(char){ 0 }, 1));
	observe("writer_met", try(O_WRONLY | O_NONBLOCK));
	observe("read_left", sys(SYS_read, reader, &(char){ 0 }, 1));
	observe("writer_waits_not", try(O_WRONLY));
	writer = sys(SYS_open, "fifo", O_WRONLY, 0);
	observe("read_empty", sys(SYS_read, reader, &(char){ 0 }, 1));
	observe("reader_waits_not", try(O_RDONLY));
	observe("lseek", sys(SYS_lseek, reader, 0, SEEK_SET));
	observe("pread", sys(SYS_pread64, reader, &(char){ 0 }, 1, 0));
	close(reader);
	signal(SIGPIPE, SIG_IGN);
	observe("write_broken", sys(SYS_write, writer, "x", 1));
	reader = sys(SYS_open, "fifo", O_RDONLY, 0);
	observe("write_mended", sys(SYS_write, writer, "x", 1));
	close(writer);
	observe("read_kept", sys(SYS_read, reader, &(char){ 0 }, 1));
	observe("read_end", sys(SYS_read, reader, &(char){ 0 }, 1));
	close(reader);
	signal(SIGPIPE, SIG_DFL);
}

/* Bytes that nobody read go with the last who has it open. */
static void forgotten(void)
{
	int both = open("fifo", O_RDWR | O_NONBLOCK);

	write(both, "lost", 4);
	close(both);
	both = open("fifo", O_RDWR | O_NONBLOCK);
	observe("read_forgotten", sys(SYS_read, both, &(char){ 0 }, 1));
	write(both, "kept", 4);
	unlink("fifo");
	observe("read_unlinked", sys(SYS_read, both, &(char){ 0 }, 1));
	mkfifo("fifo", 0666);
	observe("another_writer", try(O_WRONLY | O_NONBLOCK));
	close(both);
}

static void meetings(void)
{
	int pid, other, reader, writer;

	pid = waiting_opener(O_RDONLY, 0);
	writer = open("fifo", O_WRONLY);
	observe_number("reader_met", exit_of(pid));
	close(writer);
	pid = waiting_opener(O_WRONLY, 0);
	reader = open("fifo", O_RDONLY);
	observe_number("writer_met", exit_of(pid));
	close(reader);
	pid = waiting_opener(O_RDONLY, 0);
	observe("writer_nonblock_meets", try(O_WRONLY | O_NONBLOCK)); /* comes and goes */
	observe_number("reader_met_in_passing", exit_of(pid));
	pid = waiting_opener(O_WRONLY, 0);
	observe("reader_nonblock_meets", try(O_RDONLY | O_NONBLOCK));
	observe_number("writer_met_in_passing", exit_of(pid));
	pid = waiting_opener(O_RDONLY, 0);
	other = waiting_opener(O_RDONLY, 0);
	observe("both_meets", try(O_RDWR));
	observe_number("first_of_two", exit_of(pid));
	observe_number("second_of_two", exit_of(other));
}

static void interruptions(void)
{
	static const struct {
		const char *name;
		int flags;
	} sides[] = { { "reader", O_RDONLY }, { "writer", O_WRONLY } };

	for (int i = 0; i < 2; i++) {
		int pid = waiting_opener(sides[i].flags, 0), other;

		kill(pid, SIGUSR1);
		observe_number(text("%s_interrupted", sides[i].name), exit_of(pid));
		pid = waiting_opener(sides[i].flags, SA_RESTART);
		kill(pid, SIGUSR1);
		until_asleep(pid);
		other = open("fifo", O_RDWR);
		observe_number(text("%s_restarted", sides[i].name), exit_of(pid));
		close(other);
		pid = waiting_opener(sides[i].flags, 0);
		kill(pid, SIGKILL);
		observe_number(text("%s_killed", sides[i].name), exit_of(pid));
		/* none of them counts as an end any more */
		observe(text("%s_gone", sides[i].name), try(O_WRONLY | O_NONBLOCK));
	}
}

static void rights(void)
{
	chmod("fifo", 0400);
	setuid(65534);
	observe("no_right_to_read", try(O_RDONLY | O_NONBLOCK));
	observe("no_right_to_write", try(O_WRONLY | O_NONBLOCK));
	_exit(0);
}

TEST
{
	making();
	nonblocking();
	forgotten();
	meetings();
	interruptions();
	observe_child("rights", rights);
	unlink("fifo");
	return 0;
}
