/* SPDX-License-Identifier: MIT */
/*
 * proc_links.c - /proc/self, /proc/PID's links and descriptors; what is refused; what is left of a
 * process that has ended, and of one that has been waited for.
 */
#include "../../09-vfs/tests/scratch.h"

#include <dirent.h>
#include <sys/statfs.h>

static const char *link_text(const char *name)
{
	static char bytes[400];
	long length = readlink(name, bytes, sizeof(bytes) - 1);

	bytes[length < 0 ? 0 : length] = '\0';
	return bytes;
}

static void own_links(void)
{
	char here[200];
	struct stat status, other;
	int fd;

	observe("self", atoi(link_text("/proc/self")) == getpid());
	observe("thread_self", strcmp(link_text("/proc/thread-self"),
				      text("%d/task/%d", getpid(), getpid())) == 0);
	observe_text("root", link_text("/proc/self/root"));
	observe("cwd", strcmp(link_text("/proc/self/cwd"), getcwd(here, sizeof(here))) == 0);
	observe("exe", strcmp(link_text("/proc/self/exe"), self()) == 0);
	observe("exe_by_number", strcmp(link_text(text("/proc/%d/exe", getpid())), self()) == 0);
	stat("/proc/self/exe", &status);
	stat(self(), &other);
	observe("exe_same", status.st_ino == other.st_ino && status.st_dev == other.st_dev);
	observe("through_cwd", opens("/proc/self/cwd/file", O_RDONLY, 0));
	observe("through_root", opens(text("/proc/self/root%s/file", here), O_RDONLY, 0));
	observe("through_task", opens(text("/proc/self/task/%d/cwd/file", getpid()), O_RDONLY, 0));
	fd = open("/proc/self", O_RDONLY | O_DIRECTORY);
	WORKS("cwd_at", SYS_openat, fd, "cwd/file", O_RDONLY);
	close(fd);
}

static void modes(void)
{
	static const char *const names[] = {
		"", "self", "thread-self", "self/fd", "self/task", "self/exe", "self/cwd", "self/root",
		"self/stat", "self/statm", "self/status", "self/maps", "self/cmdline", "self/environ",
		"self/comm", "self/auxv", "self/limits", "self/mounts", "self/mountinfo", "mounts",
		"meminfo", "uptime", "loadavg", "stat", "version", "cpuinfo", "filesystems",
	};
	struct stat status;

	for (unsigned i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *key = i ? names[i] : "root_itself";

		if (lstat(text("/proc/%s", names[i]), &status) != 0)
			observe(text("%s_mode", key), -errno);
		else
			observe_text(text("%s_mode", key), text("%x, size %d", status.st_mode,
								(int)status.st_size));
	}
}

static void descriptors(void)
{
	static const int kinds[] = { O_RDONLY, O_WRONLY, O_RDWR, O_PATH };
	struct stat status;
	int fd, pair[2], dir, count = 0, unordered = 0, last = -1;
	struct dirent *entry;
	DIR *stream;

	for (int i = 0; i < 4; i++) {
		fd = open("file", kinds[i]);
		lstat(text("/proc/self/fd/%d", fd), &status);
		observe_text(text("fd_mode_%d", i), text("%x, size %d, links %d", status.st_mode,
				  (int)status.st_size, (int)status.st_nlink));
		close(fd);
	}
	pipe(pair);
	observe_text("fd_pipe", text("%s", strncmp(link_text(text("/proc/self/fd/%d", pair[0])),
						   "pipe:[", 6) ? "no" : "pipe"));
	fstat(pair[1], &status);
	observe("fd_pipe_inode", atol(link_text(text("/proc/self/fd/%d", pair[0])) + 6) ==
		(long)status.st_ino);
	fd = open(text("/proc/self/fd/%d", pair[0]), O_WRONLY | O_NONBLOCK);
	SAYS("pipe_other_way", SYS_write, fd, "x", 1);
	close(fd);
	close(pair[0]);
	close(pair[1]);
	fd = open("/dev/null", O_RDWR);
	observe_text("fd_null", link_text(text("/proc/self/fd/%d", fd)));
	dup2(fd, 200);
	dir = open("/proc/self/fd", O_RDONLY | O_DIRECTORY);
	stream = fdopendir(dir);
	while ((entry = readdir(stream))) {
		if (entry->d_name[0] == '.')
			continue;
		count++;
		unordered += atoi(entry->d_name) <= last;
		last = atoi(entry->d_name);
		if (last == 200)
			observe_number("fd_type", entry->d_type);
	}
	closedir(stream);
	observe_number("fd_count", count);
	observe_number("fd_unordered", unordered);
	observe_number("fd_last", last);
	close(200);
	close(fd);
}

static void refused(void)
{
	struct statfs fs;
	char bytes[10];
	int fd;

	observe("no_process", opens("/proc/99999999", O_RDONLY, 0));
	observe("zero", opens("/proc/0", O_RDONLY, 0));
	observe("leading_zero", opens(text("/proc/0%d", getpid()), O_RDONLY, 0));
	observe("no_entry", opens("/proc/self/nosuch", O_RDONLY, 0));
	observe("no_fd", opens("/proc/self/fd/77", O_RDONLY, 0));
	observe("odd_fd", opens("/proc/self/fd/01", O_RDONLY, 0));
	observe("below_file", opens("/proc/self/stat/x", O_RDONLY, 0));
	observe("create", opens("/proc/new", O_CREAT | O_RDWR, 0600));
	observe("create_in_self", opens("/proc/self/new", O_CREAT | O_RDWR, 0600));
	SAYS("mkdir", SYS_mkdir, "/proc/new", 0700);
	SAYS("symlink", SYS_symlink, "x", "/proc/new");
	SAYS("unlink", SYS_unlink, "/proc/self/stat");
	SAYS("unlink_root_file", SYS_unlink, "/proc/uptime");
	SAYS("rmdir", SYS_rmdir, text("/proc/%d", getpid()));
	SAYS("rename", SYS_rename, "/proc/uptime", "/proc/other");
	SAYS("link_out", SYS_link, "/proc/uptime", "uptime");
	SAYS("execute", SYS_execve, "/proc/self/stat", NULL, NULL);
	SAYS("read_link_not", SYS_readlink, "/proc/self/stat", bytes, 10);
	SAYS("link_short", SYS_readlink, "/proc/self/root", bytes, 0);
	statfs("/proc/self", &fs);
	observe_hex("magic", fs.f_type);
	fd = open("/proc/self/stat", O_RDONLY);
	SAYS("map", SYS_mmap, 0, PAGE, PROT_READ, MAP_PRIVATE, fd, 0);
	SAYS("truncate", SYS_ftruncate, fd, 0);
	SAYS("read_nowhere", SYS_read, fd, 8, 100);
	close(fd);
}

/* A file of /proc in pieces is the same as at once; positions are those of a file. */
static void pieces(void)
{
	static char whole[8000], other[8000];
	int fd = open("/proc/self/limits", O_RDONLY);
	long length = read(fd, whole, sizeof(whole)), at = 0, now;

	SAYS("end", SYS_read, fd, other, 10);
	SAYS("back", SYS_lseek, fd, 0, SEEK_SET);
	while ((now = read(fd, other + at, 7)) > 0)
		at += now;
	observe("pieces", at == length && memcmp(whole, other, length) == 0);
	SAYS("pread", SYS_pread64, fd, other, 10, 100);
	observe("pread_same", memcmp(other, whole + 100, 10) == 0);
	SAYS("from_end", SYS_lseek, fd, 0, SEEK_END);
	SAYS("far", SYS_lseek, fd, 100000, SEEK_SET);
	SAYS("read_far", SYS_read, fd, other, 10);
	SAYS("negative", SYS_lseek, fd, -1, SEEK_SET);
	close(fd);
}

static void look_at(const char *when, int pid)
{
	static const char *const files[] = { "cmdline", "environ", "maps", "comm", "statm", "auxv" };
	static const char *const links[] = { "exe", "cwd", "root", "fd/3" };
	char bytes[4000];

	for (unsigned i = 0; i < sizeof(files) / sizeof(*files); i++) {
		long fd = sys(SYS_open, text("/proc/%d/%s", pid, files[i]), O_RDONLY), got = fd;

		if (fd >= 0)
			got = sys(SYS_read, fd, bytes, sizeof(bytes));
		close(fd);
		observe(text("%s_%s", when, files[i]), got > 0 ? 1 : got);
	}
	for (unsigned i = 0; i < sizeof(links) / sizeof(*links); i++) {
		long got = sys(SYS_readlink, text("/proc/%d/%s", pid, links[i]), bytes, 1000);

		observe(text("%s_%s", when, links[i]), got > 0 ? 1 : got);
	}
}

static int names_in(const char *path)
{
	struct dirent *entry;
	DIR *stream = opendir(path);
	int count = 0;

	if (!stream)
		return -errno;
	while ((entry = readdir(stream)))
		count += entry->d_name[0] != '.';
	closedir(stream);
	return count;
}

static void ended(void)
{
	int go[2], pid, stat_fd, dir, maps_fd;
	char bytes[500];

	pipe(go);
	pid = fork();
	if (pid == 0) {
		close(go[1]);
		read(go[0], bytes, 1);
		_exit(0);
	}
	look_at("alive", pid);
	stat_fd = open(text("/proc/%d/stat", pid), O_RDONLY);
	maps_fd = open(text("/proc/%d/maps", pid), O_RDONLY);
	dir = open(text("/proc/%d", pid), O_RDONLY | O_DIRECTORY);
	close(go[1]);
	waitid(P_PID, pid, NULL, WEXITED | WNOWAIT);
	look_at("zombie", pid);
	observe("zombie_descriptors", names_in(text("/proc/%d/fd", pid)));
	waitpid(pid, NULL, 0);
	SAYS("gone_stat", SYS_read, stat_fd, bytes, 500);
	SAYS("gone_maps", SYS_read, maps_fd, bytes, 500);
	SAYS("gone_name", SYS_openat, dir, "stat", O_RDONLY);
	SAYS("gone_entries", SYS_getdents64, dir, bytes, 500);
	observe("gone", opens(text("/proc/%d", pid), O_RDONLY, 0));
	close(go[0]);
}

static void as_other(void)
{
	become(1234, 1234);
	look_at("other_user", getppid());
	observe("other_descriptors", opens(text("/proc/%d/fd", getppid()), O_RDONLY, 0));
	observe("own_after_change", opens("/proc/self/environ", O_RDONLY, 0));
}

TEST
{
	scratch();
	file_make("file", "contents");
	own_links();
	modes();
	descriptors();
	refused();
	pieces();
	ended();
	in_child(as_other);
	return 0;
}
