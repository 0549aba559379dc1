/* SPDX-License-Identifier: MIT */
/*
 * "name/.." is crossed out before the walk, as a text editor would.
 *
 * symptom: behind a symbolic link to a directory, `..` leads to where the link is
 * fails: path_walk directories random_names
 * see: The walk
 */
/* in fs/path.c */
static int component_next(struct walk *walk, const char **rest)
{
	const char *name = *rest, *end = name;
	uint32_t hash = NAME_HASH_START;

	for (; *end && *end != '/'; end++)
		hash = name_hash_add(hash, *end);
	if (end - name > NAME_MAX)
		return -ENAMETOOLONG;
	walk->last.name = name;
	walk->last.length = end - name;
	walk->last.hash = hash;
	walk->last.kind = kind_of(name, end - name);
	walk->last.trailing_slash = *end == '/';
	while (*end == '/')
		end++;
	if (walk->last.kind == LAST_NORMAL && end[0] == '.' && end[1] == '.' &&
	    (end[2] == '/' || end[2] == '\0')) {
		walk->last.kind = LAST_DOT;
		for (end += 2; *end == '/'; end++)
			continue;
	}
	*rest = end;
	return 0;
}
