/* SPDX-License-Identifier: MIT */
/*
 * The boot archive is a list to be walked from its start, headers of hexadecimal digits and all, to its end, because
 * the last file of a name counts.  It never changes: so the name that was looked for last, and what was found, is
 * still true, and a program that is run once is mostly run again.
 *
 * saves: 28
 */
/* in chapters/08-exec/naive/boot_files.c */
/* helpers */
static struct {
	char path[64]; /* "": none; longer ones are not remembered */
	struct cpio_entry entry;
} last_found;

/* end of helpers */
static int archive_find(const char *path, struct cpio_entry *entry)
{
	size_t bytes = boot_info.module_end - boot_info.module_start;

	if (*path && strcmp(path, last_found.path) == 0) {
		*entry = last_found.entry;
		return entry->mode & 0111 ? 0 : -EACCES;
	}
	if (cpio_find(direct_map(boot_info.module_start), bytes, path, entry) <= 0)
		return -ENOENT;
	if (strlen(path) < sizeof(last_found.path)) {
		string_copy(last_found.path, path, sizeof(last_found.path));
		last_found.entry = *entry;
	}
	return entry->mode & 0111 ? 0 : -EACCES;
}
