/* SPDX-License-Identifier: MIT */
/*
 * permission.c - who may do what to an inode: inode(7), path_resolution(7), capabilities(7).
 *
 * The class is the first that fits (owner, group, others): an owner without a bit does not get it
 * from the group.  File access goes by the file-system ids of the credentials given; changes of
 * attributes go by those of the current task.
 *
 * Errors: EACCES for a missing bit, EROFS for writing below a read-only superblock (devices and
 * FIFOs excepted: their contents are not the file system's), EPERM for what only an owner may do.
 *
 * Locks: inode->lock where attributes change; permission bits are read in one word without.
 */
#include "abi/errno.h"
#include "abi/mount.h"
#include "fs/inode.h"
#include "fs/mount.h"
#include "lib/assert.h"
#include "task/credentials.h"
#include "task/task.h"

static bool has(const struct credentials *as, int capability)
{
	return as->effective >> capability & 1;
}

/* The three bits of the class that `as` belongs to. */
static unsigned class_bits(const struct inode *inode, const struct credentials *as)
{
	if (as->fsuid == inode->uid)
		return inode->mode >> 6 & 7;
	/* Where group and others have the same bits the search in the list of groups is saved. */
	if ((inode->mode >> 3 & 7) != (inode->mode & 7) && credentials_in_group(as, inode->gid))
		return inode->mode >> 3 & 7;
	return inode->mode & 7;
}

/* What capabilities allow in spite of the mode. */
static bool overrides(const struct inode *inode, unsigned access, const struct credentials *as)
{
	bool directory = S_ISDIR(inode->mode);

	if (has(as, CAP_DAC_OVERRIDE) &&
	    /* Even the superuser cannot execute a file that nobody may (capabilities(7),
	     * CAP_DAC_OVERRIDE). */
	    (directory || !(access & ACCESS_EXECUTE) || (inode->mode & 0111)))
		return true;
	if (!has(as, CAP_DAC_READ_SEARCH))
		return false;
	return directory ? !(access & ACCESS_WRITE) : access == ACCESS_READ;
}

/* All of `access` in one class, or a capability for all of it: bits of two classes do not add
 * up. */
int inode_permission(struct inode *inode, unsigned access, const struct credentials *as)
{
	debug_assert((access & ~7U) == 0 && as);
	if ((access & ACCESS_WRITE) && (inode->superblock->flags & MS_RDONLY) &&
	    (S_ISREG(inode->mode) || S_ISDIR(inode->mode) || S_ISLNK(inode->mode)))
		return -EROFS;
	if (inode->ops && inode->ops->permission)
		return inode->ops->permission(inode, access, as);
	if (!(access & ~class_bits(inode, as)) || overrides(inode, access, as))
		return 0;
	return -EACCES;
}

bool inode_is_ours(const struct inode *inode)
{
	return current->credentials->fsuid == inode->uid || capable(CAP_FOWNER);
}

/* In a sticky directory only the owner of the file or of the directory may take a name away. */
static bool sticky_forbids(const struct inode *dir, const struct inode *victim)
{
	uint32_t uid = current->credentials->fsuid;

	return (dir->mode & S_ISVTX) && victim->uid != uid && dir->uid != uid &&
	       !capable(CAP_FOWNER);
}

/* The victim's own bits do not matter: a name belongs to its directory. */
int inode_may_delete(struct inode *dir, const struct inode *victim)
{
	int error = inode_permission(dir, ACCESS_WRITE | ACCESS_EXECUTE, current->credentials);

	if (!error && sticky_forbids(dir, victim))
		error = -EPERM;
	return error;
}

int inode_may_create(struct inode *dir)
{
	assert(S_ISDIR(dir->mode) && mutex_held(&dir->lock));
	/* Removed while it was walked to: a file in it could never be reached. */
	if (dir->nlink == 0)
		return -ENOENT;
	return inode_permission(dir, ACCESS_WRITE | ACCESS_EXECUTE, current->credentials);
}

/* Whether the program may be one that runs with the group's rights is asked of the mode that was
 * wanted: the umask must not hide the bit for execution, which the owner can set later (open(2)
 * gave strangers a group's rights that way: CVE-2021-4037). */
uint32_t inode_new_mode(const struct inode *dir, uint32_t mode)
{
	const struct credentials *as = current->credentials;

	if (!S_ISDIR(mode) && (dir->mode & S_ISGID) &&
	    (mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP) &&
	    !credentials_in_group(as, dir->gid) && !has(as, CAP_FSETID))
		mode &= ~S_ISGID;
	return mode & ~current->fs->umask;
}

/* `inode` is fresh and in no directory yet: nothing is locked. */
void inode_inherit(struct inode *inode, const struct inode *dir)
{
	const struct credentials *as = current->credentials;

	inode->uid = as->fsuid;
	inode->gid = as->fsgid;
	if (!(dir->mode & S_ISGID))
		return;
	/* BSD's group rule, by the set-group bit of the directory (inode(7)). */
	inode->gid = dir->gid;
	if (S_ISDIR(inode->mode))
		inode->mode |= S_ISGID;
}

/* chown(2): the owner may give the file to a group that he is in; all else takes CAP_CHOWN. */
static int may_chown(const struct inode *inode, const struct attributes *to)
{
	bool owner = current->credentials->fsuid == inode->uid;

	if (capable(CAP_CHOWN))
		return 0;
	/* Without CAP_CHOWN a file cannot be given away, not even by its owner. */
	if ((to->valid & ATTRIBUTE_UID) && !(owner && to->uid == inode->uid))
		return -EPERM;
	if ((to->valid & ATTRIBUTE_GID) &&
	    !(owner && (to->gid == inode->gid ||
			credentials_in_group(current->credentials, to->gid))))
		return -EPERM;
	return 0;
}

/* utimensat(2): a given time takes the owner; "now" also whoever may write. */
static int may_set_times(struct inode *inode, const struct attributes *to)
{
	if (!(to->valid & (ATTRIBUTE_ATIME | ATTRIBUTE_MTIME)) || inode_is_ours(inode))
		return 0;
	if (to->valid & ATTRIBUTE_TIMES_GIVEN)
		return -EPERM;
	return inode_permission(inode, ACCESS_WRITE, current->credentials);
}

/* The bits that a change of contents or owner takes: setuid; setgid where it means execution. */
static uint32_t privilege_bits(uint32_t mode)
{
	if (S_ISDIR(mode))
		return 0;
	return (mode & S_ISUID) | ((mode & S_IXGRP) ? mode & S_ISGID : 0);
}

/* Everything is asked before anything is changed. */
static int attributes_allowed(struct inode *inode, const struct attributes *to)
{
	int error = 0;

	if (to->valid & (ATTRIBUTE_UID | ATTRIBUTE_GID))
		error = may_chown(inode, to);
	if (!error && (to->valid & ATTRIBUTE_MODE) && !inode_is_ours(inode))
		error = -EPERM;
	/* chown(2) of nothing, by anybody, is no error; but it must not take these away. */
	if (!error && (to->valid & ATTRIBUTE_DROP_PRIVILEGES) && privilege_bits(inode->mode) &&
	    !inode_is_ours(inode))
		error = -EPERM;
	return error ? error : may_set_times(inode, to);
}

/* The mode after a change of owner or mode: setgid only for members of the group. */
static uint32_t mode_after(const struct inode *inode, const struct attributes *to)
{
	uint32_t gid = to->valid & ATTRIBUTE_GID ? to->gid : inode->gid;
	uint32_t mode = (inode->mode & S_IFMT) | (to->mode & 07777);

	if (to->valid & ATTRIBUTE_DROP_PRIVILEGES)
		return inode->mode & ~privilege_bits(inode->mode);
	if (!(to->valid & ATTRIBUTE_MODE))
		return inode->mode;
	if (!credentials_in_group(current->credentials, gid) && !capable(CAP_FSETID))
		mode &= ~S_ISGID;
	return mode;
}

/* Cannot fail.  The mode is computed first, from the owner and mode that are still there. */
static void attributes_store(struct inode *inode, const struct attributes *to)
{
	uint32_t mode = mode_after(inode, to);

	assert((mode & S_IFMT) == (inode->mode & S_IFMT));
	if (to->valid & ATTRIBUTE_UID)
		inode->uid = to->uid;
	if (to->valid & ATTRIBUTE_GID)
		inode->gid = to->gid;
	inode->mode = mode;
	if (to->valid & ATTRIBUTE_SIZE) {
		page_cache_truncate(&inode->cache, to->size);
		if (inode->ops && inode->ops->update)
			inode->ops->update(inode);
	}
	if (to->valid & ATTRIBUTE_ATIME)
		inode->atime = to->atime;
	if (to->valid & ATTRIBUTE_MTIME)
		inode->mtime = to->mtime;
	if (to->valid & ATTRIBUTE_CTIME)
		inode->ctime = to->ctime;
}

/* A file system's set_attributes may refuse (a size beyond it); the fields are stored here. */
int inode_change(struct inode *inode, const struct attributes *attributes)
{
	int error = 0;

	assert(mutex_held(&inode->lock));
	if (inode->ops && inode->ops->set_attributes)
		error = inode->ops->set_attributes(inode, attributes);
	if (!error)
		attributes_store(inode, attributes);
	return error;
}

int inode_set_attributes(struct inode *inode, const struct attributes *attributes)
{
	int error = attributes_allowed(inode, attributes);

	return error ? error : inode_change(inode, attributes);
}

/* Else whoever may write to a program of root's that has S_ISUID could make it his own. */
int inode_strip_privileges(struct inode *inode)
{
	struct attributes to = { .valid = ATTRIBUTE_MODE };
	uint32_t bits = S_ISREG(inode->mode) ? privilege_bits(inode->mode) : 0;

	if (!bits || capable(CAP_FSETID))
		return 0;
	debug_assert(mutex_held(&inode->lock));
	to.mode = inode->mode & ~bits;
	if (inode->ops && inode->ops->set_attributes)
		return inode->ops->set_attributes(inode, &to);
	inode->mode = to.mode;
	return 0;
}
