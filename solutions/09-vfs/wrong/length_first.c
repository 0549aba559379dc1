/* SPDX-License-Identifier: MIT */
/*
 * A component is looked at before the question whether anything can be below.
 *
 * symptom: a long name below a file is too long, not below no directory
 * fails: path_walk
 * see: The walk
 */
/* in fs/path.c */
int walk_parent(struct walk *walk)
{
	for (;;) {
		struct walk_text *text = &walk->texts[walk->depth];
		int error;

		while (*text->rest == '/')
			text->rest++;
		if (!*text->rest) {
			if (walk->depth == 0) {
				walk->last.kind = LAST_ROOT;
				return 0;
			}
			walk_text_release(text);
			walk->depth--;
			continue;
		}
		error = component_next(walk, &text->rest);
		if (!error)
			error = may_search(walk->at.dentry->inode);
		if (error || (!*text->rest && walk->depth == 0))
			return error;
		error = walk_middle(walk);
		if (error)
			return error;
	}
}
