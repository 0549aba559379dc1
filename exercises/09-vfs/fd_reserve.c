/* SPDX-License-Identifier: MIT */
/* in fs/descriptor_table.c */
/*
 * fd_reserve - the lowest free number >= from, taken for the caller, whose file comes later (fd_install()).
 *
 * open(2) and dup(2) promise the lowest number that is not in use; programs close 0 and open, and rely on
 * it.  -EMFILE when that number is not below the limit: task_limit(RLIMIT_NOFILE) bounds the
 * *number*, not how many are open (getrlimit(2)).  -ENOMEM when the table cannot grow; in both cases
 * nothing has changed.
 *
 * free_slot(files, start) is the first free one from `start` on, or `capacity`.  files->lowest_free is a
 * bound: no free number is below it.  slot_take() marks a slot, with its flag, and keeps the bound.
 *
 * Hint 1: where may the search begin, when both `from` and the bound are known?
 * Hint 2: files_grow(files, n) makes room for n slots, so slot n - 1 exists.
 */
int fd_reserve(int from, bool close_on_exec)
{
	exercise("fd_reserve");
}
