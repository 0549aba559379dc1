/* SPDX-License-Identifier: MIT */
/* in fs/descriptor_table.c */
/*
 * fd_replace - `file` becomes descriptor `fd`; what was there is closed.  Returns fd or -errno.
 *
 * This is dup2(2) once its arguments are known to differ.  Your caller's count of `file` goes into the
 * table - or, on every error, is put: it is yours in any case.
 *  -EBADF: `fd` is not below task_limit(RLIMIT_NOFILE); negative numbers are not, either.
 *  -ENOMEM: files_grow() has no room for slot `fd`.
 *  -EBUSY: the number is taken (files->taken) but has no file: another task's open(2) has reserved it.
 *
 * dup2(2) is atomic: no other task may find `fd` free in between, or open(2) there would get the number.
 * And file_close() may sleep.  Its result is lost, as the manual warns.
 *
 * Hint 1: check, reserve, commit: after the last thing that can fail there is one return.
 * Hint 2: remember the old file, put the new one in its place (slot_take(), slots[fd]), and close last.
 */
int fd_replace(int fd, struct file *file, bool close_on_exec)
{
	exercise("fd_replace");
}
