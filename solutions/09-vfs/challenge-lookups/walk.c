/* SPDX-License-Identifier: MIT */
/*
 * A walk through cached directories takes the lock once and counts one dentry, its last: while dentry_lock is held
 * and interrupts are off nobody can free or move what it passes.  Whatever is not plain - a link, a mount point,
 * `..`, a name that is not cached, a directory that not everybody may search, a file system that wants to be
 * asked - ends the quick part, and the walk goes on as always.
 *
 * Who looks into a directory mostly wants what the one before him wanted: each directory remembers the child found
 * last.  If the text begins with that name, and a slash follows, neither a hash nor a chain is needed.
 *
 * saves: 32
 */
/* in fs/dentry.h, before `void *entry;` */
	struct dentry *recent;	  /* of a directory: the hashed child that was found last, or NULL */
/* end of fields */
/* in fs/path.c */
/* helpers */
struct dentry *dentry_find_directories(struct dentry *from, const char **rest); /* fs/dentry_hash.c */

static void walk_cached(struct walk *walk, struct walk_text *text)
{
	struct dentry *from = walk->at.dentry;

	if (unlikely(from->superblock->ops->revalidate))
		return; /* what is cached may have become untrue */
	walk->at.dentry = dentry_find_directories(from, &text->rest);
	if (walk->at.dentry != from)
		dentry_put(from);
}

/* end of helpers */
/*
 * Up to the last component of the lowest text.  A text above it that ends (its last component is
 * in the middle of the whole) is taken off the stack once that component is behind us.
 *
 * What is cached and plain on the way is passed in one go, and only where it ends is counted.
 */
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
		walk_cached(walk, text);
		error = may_search(walk->at.dentry->inode);
		if (!error)
			error = component_next(walk, &text->rest);
		if (error || (!*text->rest && walk->depth == 0))
			return error;
		error = walk_middle(walk);
		if (error)
			return error;
	}
}
/* in fs/dentry.c */
/* With count 1, its own parent, in no list: whatever becomes of it is the caller's next step.  The
 * name is copied, up to 39 bytes into the dentry itself: longer ones are rare.  `hash` is set where
 * it gets a parent: without one it is never looked for. */
static struct dentry *dentry_alloc(struct superblock *superblock, const char *name, size_t length)
{
	struct dentry *dentry = slab_alloc(&dentry_cache);
	char *text;

	assert(length <= NAME_MAX); /* name_length has one byte */
	if (!dentry)
		return NULL;
	text = dentry->inline_name;
	if (length >= DENTRY_NAME_INLINE)
		text = kmalloc(length + 1);
	if (!text) {
		slab_free(&dentry_cache, dentry);
		return NULL;
	}
	memcpy(text, name, length);
	text[length] = '\0';
	dentry->count = 1;
	dentry->parent = dentry;
	dentry->inode = NULL;
	dentry->superblock = superblock;
	dentry->name = text;
	dentry->name_length = length;
	dentry->hashed = dentry->mounted_on = false;
	dentry->entry = NULL;
	dentry->recent = NULL;
	list_init(&dentry->children);
	list_init(&dentry->sibling);
	list_init(&dentry->lru);
	used++;
	return dentry;
}
/* in fs/dentry_hash.c */
void dentry_hash_remove(struct dentry *dentry)
{
	debug_assert(spinlock_held(&dentry_lock));
	if (!dentry->hashed)
		return;
	assert(hashed_count > 0 && *dentry->hash_link == dentry);
	*dentry->hash_link = dentry->hash_next;
	if (dentry->hash_next)
		dentry->hash_next->hash_link = dentry->hash_link;
	dentry->hashed = false;
	if (dentry->parent->recent == dentry)
		dentry->parent->recent = NULL;
	hashed_count--;
}
/* at the end of fs/dentry_hash.c */

/* Where everybody may go. */
static inline bool is_plain(const struct inode *inode)
{
	return S_ISDIR(inode->mode) && (inode->mode & 0111) == 0111 && !inode->ops->permission;
}

/* Whether the text begins with the dentry's name and a slash; eight bytes at a time, but not across the end of a
 * page, behind which there may be nothing. */
static inline bool text_begins_with(const char *text, const struct dentry *dentry)
{
	const char *name = dentry->name;
	size_t left = dentry->name_length;

	for (; left >= 8 && ((uint64_t)text & (PAGE_SIZE - 1)) <= PAGE_SIZE - 8; text += 8, name += 8, left -= 8) {
		uint64_t x, y;

		__builtin_memcpy(&x, text, 8);
		__builtin_memcpy(&y, name, 8);
		if (x != y)
			return false;
	}
	while (left && *text == *name) {
		text++;
		name++;
		left--;
	}
	return left == 0 && *text == '/';
}

/* The child of `at` that the component at *rest names, which is not the last, or NULL; *rest is moved behind it. */
static inline struct dentry *child_find(struct dentry *at, const char **rest)
{
	const char *name = *rest, *end = name;
	struct dentry *next = at->recent;
	uint32_t hash = NAME_HASH_START;

	if (likely(next && text_begins_with(name, next))) {
		*rest = name + next->name_length;
		return next;
	}
	for (; *end != '/'; end++) {
		if (!*end)
			return NULL;
		hash = name_hash_add(hash, *end);
	}
	if (*name == '.' || end - name > NAME_MAX)
		return NULL;
	next = hash_find(at, name, end - name, hash);
	if (next)
		at->recent = next;
	*rest = end;
	return next;
}

/*
 * From a directory that the caller counts, down through cached ones, by the components of *rest but for the last;
 * as far as all is plain, which is within one file system.  Where it ends has a count for the caller, unless it is
 * `from`; *rest is what is left.
 */
struct dentry *dentry_find_directories(struct dentry *from, const char **rest);
struct dentry *dentry_find_directories(struct dentry *from, const char **rest)
{
	uint64_t flags = spinlock_acquire(&dentry_lock);
	struct dentry *at = from, *next;

	while (is_plain(at->inode)) {
		const char *end = *rest;

		next = child_find(at, &end);
		if (!next || !next->inode || next->mounted_on || !S_ISDIR(next->inode->mode))
			break;
		while (*end == '/')
			end++;
		if (!*end)
			break; /* it was the last, with or without slashes behind it */
		at = next;
		*rest = end;
	}
	if (at != from && at->count++ == 0)
		list_remove(&at->lru);
	spinlock_release(&dentry_lock, flags);
	return at;
}
