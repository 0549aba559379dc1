/* SPDX-License-Identifier: MIT */
/*
 * After a rename the cache has the replaced file under the old name.
 *
 * symptom: after mv a b there still is an a, with what b was; the kernel panics when that a is used, whose
 *   record in the directory is freed memory
 * fails: rename_effects
 * see: Renaming
 */
/* in fs/dentry.c */
void dentry_move(struct dentry *dentry, struct dentry *target, bool exchange)
{
	struct dentry *parent = dentry->parent;
	uint64_t flags = spinlock_acquire(&dentry_lock);

	dentry_hash_remove(dentry);
	dentry_hash_remove(target);
	names_exchange(dentry, target);
	dentry->parent = target->parent;
	target->parent = parent;
	list_remove(&dentry->sibling);
	list_remove(&target->sibling);
	list_add_last(&dentry->parent->children, &dentry->sibling);
	list_add_last(&target->parent->children, &target->sibling);
	dentry_hash_insert(dentry);
	dentry_hash_insert(target);
	spinlock_release(&dentry_lock, flags);
}
