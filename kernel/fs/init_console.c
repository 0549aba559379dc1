/* SPDX-License-Identifier: MIT */
/*
 * init_console.c - the descriptors that process 1 starts with: 0, 1 and 2 are /dev/console of the
 * initial root.  Without such a node it starts with none, as on Linux.
 */
#include "abi/fcntl.h"
#include "fs/file.h"
#include "lib/printf.h"

/* A step of loader/init_program.c, which may be linked without files. */
void console_open(void);

void console_open(void)
{
	struct file *file;

	for (int fd = 0; fd < 3; fd++) {
		int error = file_open(AT_FDCWD, "/dev/console", O_RDWR, 0, &file);

		if (error) {
			kprintf(LOG_WARNING, "no /dev/console for process 1: error %d", -error);
			return;
		}
		fd_install(fd_reserve(0, false), file);
	}
}
