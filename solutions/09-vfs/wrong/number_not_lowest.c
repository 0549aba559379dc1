/* SPDX-License-Identifier: MIT */
/*
 * A closed number does not lower the bound for the search.
 *
 * symptom: close(0) and open() gives another number than 0; the shell's redirections go astray
 * fails: descriptors
 * see: Numbers
 */
/* in fs/descriptor_table.c */
static void slot_give_back(struct files *files, unsigned fd)
{
	debug_assert(fd < files->capacity && bit_get(files->taken, fd));
	files->slots[fd] = NULL;
	bit_set(files->taken, fd, false);
}
