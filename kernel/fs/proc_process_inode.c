/* SPDX-License-Identifier: MIT */
/*
 * proc_process_inode.c - inodes about a process, and who may look into it through them.
 *
 * Each carries a struct proc_inode with a counted pid: the process may go, its number stays taken.
 * Then its files read ESRCH, as do names in its directory if somebody still has that open; the
 * number itself is ENOENT.  A process that is needed is taken with a count in one step without
 * sleeping, so that its exit cannot free it under us.
 *
 * Rights: an entry marked `owner_only` is for the same user or CAP_SYS_PTRACE (EACCES), as Linux's
 * ptrace check (ptrace(2), "Ptrace access mode checking"); the inode's owner is the process's
 * effective user, or root when it may not be looked into.
 */
#include "fs/procfs.h"

#include "abi/errno.h"
#include "memory/address_space.h"
#include "memory/heap.h"
#include "task/credentials.h"

static struct slab_cache proc_inode_cache = SLAB_CACHE("proc_inode", struct proc_inode);
static const struct inode_ops process_file_ops = { .evict = proc_process_inode_evict };

/* Inode numbers: the pid above, the entry's index or the descriptor below, and a bit that no number
 * of the static tree reaches. */
uint64_t proc_process_inode_number(int pid, uint64_t below)
{
	debug_assert(pid > 0);
	return ((uint64_t)pid << 24) + 0x800000 + below;
}

/* Counted, or NULL when it has gone.  Under the lock that the end of a process takes to cut the pid
 * from it: so it is counted before it can be freed. */
struct process *proc_inode_process(const struct inode *inode)
{
	struct proc_inode *about = inode->private;
	uint64_t flags = spinlock_acquire(&process_tree_lock);
	struct process *process = about->pid->process;

	assert(about->pid->count > 0);
	if (process)
		process_get(process);
	spinlock_release(&process_tree_lock, flags);
	return process;
}

/* True of a zombie, too: it has a directory until it is waited for. */
bool proc_process_alive(const struct inode *inode)
{
	struct proc_inode *about = inode->private;

	return about->pid->process != NULL;
}

/* The number is free for a new process only with the last count of its pid. */
void proc_process_inode_evict(struct inode *inode)
{
	struct proc_inode *about = inode->private;

	assert(about->pid);
	pid_put(about->pid);
	slab_free(&proc_inode_cache, about);
}

/* Told by the ops, since an inode's private pointer does not say what it points to: all that are
 * about a process, and no others, are evicted here. */
bool proc_is_process_inode(const struct inode *inode)
{
	return inode->ops->evict == proc_process_inode_evict;
}

/* Root's, if nobody else may look into the process or if there is nothing left to look into; but a
 * directory that everybody may list stays the process's (proc(5)). */
static void proc_inode_set_owner(struct inode *inode, const struct process *process)
{
	const struct credentials *its = process->leader->credentials;
	const struct address_space *space = process->leader->space;
	bool open_to_user = space && !space->undumpable;

	if (its && (open_to_user || inode->mode == (S_IFDIR | 0555))) {
		inode->uid = its->euid;
		inode->gid = its->egid;
	} else {
		inode->uid = 0;
		inode->gid = 0;
	}
}

/* `below` tells the inodes of one process apart.  The ops are a text file's; the caller puts others
 * in their place for a directory or a link. */
struct inode *proc_process_inode_create(struct superblock *superblock, struct process *process,
					  uint32_t mode, uint64_t below)
{
	struct proc_inode *about = slab_alloc_zeroed(&proc_inode_cache);
	struct inode *inode;

	if (!about)
		return NULL;
	inode = proc_inode_create(superblock, mode,
				  proc_process_inode_number(process->pid->number, below));
	if (!inode) {
		slab_free(&proc_inode_cache, about);
		return NULL;
	}
	about->pid = process->pid;
	pid_get(about->pid);
	inode->private = about;
	inode->ops = &process_file_ops;
	proc_inode_set_owner(inode, process);
	return inode;
}

/* ---- looking into it ---- */

/* Whoever acts on files, as for all of /proc. */
bool proc_may_look(struct process *process)
{
	const struct credentials *own = current->credentials;

	return may_look_into(process->leader, own->fsuid, own->fsgid);
}

/* Asked at each reading and not only at open(2): the descriptor may have been inherited by, or sent
 * to, a program with other rights, and the process may have become another program. */
int proc_process_show(struct inode *inode, struct text *text)
{
	struct proc_inode *about = inode->private;
	struct process *process = proc_inode_process(inode);
	int error = -EACCES;

	if (!process)
		return -ESRCH;
	if (!about->entry->owner_only || proc_may_look(process))
		error = about->entry->show(process, text);
	process_put(process);
	return error;
}

/* Who may write is the mode's affair at open(2), and the entry's own beyond that. */
int proc_process_store(struct inode *inode, const char *bytes, size_t length)
{
	const struct proc_inode *about = inode->private;
	struct process *process;
	int error;

	if (!about->entry->store)
		return -EIO;
	process = proc_inode_process(inode);
	if (!process)
		return -ESRCH;
	error = about->entry->store(process, bytes, length);
	process_put(process);
	return error;
}

/* Asked at each walk through the name.  The owner is brought up to date here, since a process may
 * change its ids or become undumpable at any time. */
bool proc_process_revalidate(struct inode *inode)
{
	struct proc_inode *about = inode->private;
	struct process *process = proc_inode_process(inode);

	if (!process)
		return false;
	proc_inode_set_owner(inode, process);
	process_put(process);
	return about->entry || !S_ISLNK(inode->mode); /* fd/N may be another file by now */
}
