/* SPDX-License-Identifier: MIT */
/* unshare.c - unshare(2): descriptors and directories that two processes share, and no longer. */
#define _GNU_SOURCE /* CLONE_* */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *where(void)
{
	static char path[256];

	return getcwd(path, sizeof(path)) ? path : "(nowhere)";
}

/* A child that shares what `flags` say, waits for nothing, and does `what`; then where that leaves us. */
static void with_child(unsigned long flags, void (*what)(void))
{
	int status;
	long pid = sys(SYS_clone, flags | 17, 0, 0, 0, 0);

	if (pid == 0) {
		what();
		_exit(0);
	}
	waitpid(pid, &status, 0);
}

static void leaves_descriptors(void)
{
	observe("unshare_files", sys(SYS_unshare, CLONE_FILES));
	close(0);
}

static void leaves_directory(void)
{
	observe("unshare_fs", sys(SYS_unshare, CLONE_FS));
	chdir("/proc");
	umask(0);
}

static void leaves_both(void)
{
	observe("unshare_both", sys(SYS_unshare, CLONE_FS | CLONE_FILES));
	close(0);
	chdir("/proc");
}

TEST
{
	dup2(open("/dev/null", O_RDWR), 0);
	umask(022);
	chdir("/tmp");
	observe("nothing", sys(SYS_unshare, 0));
	observe("unknown", sys(SYS_unshare, 1));
	observe("with_signal", sys(SYS_unshare, CLONE_FILES | 17));
	observe("vfork", sys(SYS_unshare, CLONE_VFORK));
	observe("alone", sys(SYS_unshare, CLONE_FS | CLONE_FILES));
	observe("system_v", sys(SYS_unshare, CLONE_SYSVSEM));
	observe("signals", sys(SYS_unshare, CLONE_SIGHAND));
	observe("memory", sys(SYS_unshare, CLONE_VM));
	observe("thread", sys(SYS_unshare, CLONE_THREAD));
	with_child(CLONE_FILES, leaves_descriptors);
	observe_errno("descriptor_is_there", fcntl(0, F_GETFD));
	with_child(CLONE_FS, leaves_directory);
	observe_text("directory", where());
	observe_number("umask", umask(022));
	with_child(CLONE_FS | CLONE_FILES, leaves_both);
	observe_errno("descriptor_is_still_there", fcntl(0, F_GETFD));
	observe_text("still", where());
	return 0;
}
