/* SPDX-License-Identifier: MIT */
/* in fs/path.c */
/*
 * walk_parent - walk to the directory that the last component is in; walk->last is that component.
 *
 * walk->texts is a stack.  texts[0] is the name given; above it wait the texts of the symbolic links that
 * were met in its middle.  texts[walk->depth].rest is what is still to be walked now.  In a loop:
 *  - leading slashes say nothing: skip them;
 *  - when the text on top has ended: with depth 0 there is no component at all ("/", or a link to "/"):
 *    last.kind is LAST_ROOT, and that is success.  Else the text is done: walk_text_release(), and go on
 *    with the one below;
 *  - may_search() says whether walk->at is a directory that may be walked through (-ENOTDIR, -EACCES).
 *    It is asked for the last component's directory, too;
 *  - component_next(walk, &text->rest) scans a component into walk->last and moves `rest` behind it and its
 *    slashes;
 *  - a component is the last of all when nothing is left of the text *and* no text waits below: stop
 *    there, without looking it up.  Every other one is in the middle: walk_middle() goes through it.
 * Any error ends the walk; what is counted or on the stack then, walk_end() releases.
 *
 * Hint 1: take `text` anew in each round: walk_middle() may have put another on top.
 * Hint 2: in a link's text, even the last component is in the middle of the whole - unless texts[0] has
 *	nothing left; but then the link replaced it (text_push()), and depth is 0.
 * Parsons: put in order - error = component_next(...) / text = &walk->texts[walk->depth] / if (error ||
 *	(!*text->rest && walk->depth == 0)) return error / while (*text->rest == '/') text->rest++ / error =
 *	walk_middle(walk) / if (!*text->rest) { ... continue; } / error = may_search(...)
 */
int walk_parent(struct walk *walk)
{
	exercise("walk_parent");
}
