/* SPDX-License-Identifier: MIT */
/*
 * proc_root.c - the names that only the root of /proc has: links whose text depends on who asks
 * (self, thread-self), and a directory for each process, by its number.
 *
 * Directory positions are cookies that do not depend on what else exists: a process's is its
 * number, so readdir neither repeats nor skips others when processes come and go meanwhile.
 *
 * Locks: process_tree_lock while numbers are looked for; a name is given to the reader without it,
 * since that copies to user memory.
 */
#include "fs/procfs.h"

#include "abi/errno.h"
#include "abi/stat.h"
#include "lib/assert.h"
#include "lib/printf.h"
#include "lib/string.h"
#include "memory/heap.h"

#define PROC_COOKIE_LINKS     2	      /* behind the dots */
#define PROC_FIRST_PID_COOKIE 1000000 /* directory position of /proc/PID: this + PID */

int proc_name_number(const char *name, size_t length)
{
	int number = 0;

	/* "/proc/01" is no process: names are as the kernel writes them. */
	if (length == 0 || length > 9 || (name[0] == '0' && length > 1))
		return -1;
	for (size_t i = 0; i < length; i++) {
		if (name[i] < '0' || name[i] > '9')
			return -1;
		number = number * 10 + name[i] - '0';
	}
	return number;
}

/* `fixed`: a text that is the same for everybody; NULL: made for who looks. */
static const struct { const char *name, *fixed; } proc_root_links[] = {
	{ "self", NULL },
	{ "thread-self", NULL },
	{ "mounts", "self/mounts" },
};
#define ROOT_LINK_SELF 0

/* Made at each look: the answer depends on who asks. The caller frees it (proc_self_release). */
static int proc_self_text(struct inode *inode, const char **text)
{
	const char *fixed = proc_root_links[inode->private_number].fixed;
	char *to = kmalloc(32);
	int pid = current_process()->pid->number;

	assert(inode->private_number < array_size(proc_root_links));
	if (!to)
		return -ENOMEM;
	if (fixed)
		snprintf(to, 32, "%s", fixed);
	else if (inode->private_number == ROOT_LINK_SELF)
		snprintf(to, 32, "%d", pid);
	else
		snprintf(to, 32, "%d/task/%d", pid, current->tid);
	*text = to;
	return 0;
}

static void proc_self_release(struct inode *inode, const char *text)
{
	kfree((char *)text);
}

static const struct inode_ops proc_self_ops = { .read_link = proc_self_text,
						.release_link = proc_self_release };

int proc_root_link(struct dentry *dentry)
{
	assert(!dentry->inode);
	for (size_t i = 0; i < array_size(proc_root_links); i++) {
		struct inode *inode;

		if (strlen(proc_root_links[i].name) != dentry->name_length ||
		    memcmp(proc_root_links[i].name, dentry->name, dentry->name_length))
			continue;
		inode = proc_inode_create(dentry->superblock, S_IFLNK | 0777, 0);
		if (!inode)
			return -ENOMEM;
		inode->ops = &proc_self_ops;
		inode->private_number = i;
		if (proc_root_links[i].fixed)
			inode->cache.size = strlen(proc_root_links[i].fixed);
		dentry_instantiate(dentry, inode);
		return 0;
	}
	return -ENOENT;
}

/* False: the sink is full. Their numbers lie below those of the processes. */
bool proc_read_root_links(struct file *file, struct dirent_sink *sink)
{
	static_assert(array_size(proc_root_links) + PROC_COOKIE_LINKS < PROC_COOKIE_NODES,
		      "the links' positions lie before those of the nodes");
	for (size_t i = 0; i < array_size(proc_root_links); i++)
		if (!proc_emit(file, sink, proc_root_links[i].name, PROC_COOKIE_LINKS + 1 + i,
			       PROC_FIRST_PID_COOKIE - 1 - i, S_IFLNK))
			return false;
	return true;
}

/* The next process by number, from `number` on; 0: none. */
static int proc_next_process(int number)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock);
	struct pid *pid;

	/* Numbers of tasks, groups and sessions without a process are passed over. */
	for (pid = pid_next(number); pid && !pid->process; pid = pid_next(number))
		number = pid->number + 1;
	number = pid ? pid->number : 0;
	spinlock_release(&process_tree_lock, flags);
	return number;
}

/* Each cookie resumes behind its process, even when that has gone meanwhile. */
void proc_read_processes(struct file *file, struct dirent_sink *sink)
{
	int number = max(file->position - PROC_FIRST_PID_COOKIE, (loff_t)0);
	char name[16];

	while ((number = proc_next_process(number + 1))) {
		uint64_t cookie = PROC_FIRST_PID_COOKIE + number;

		snprintf(name, sizeof(name), "%d", number);
		if (!sink->entry(sink, name, strlen(name), cookie, cookie, DT_DIR))
			return;
		file->position = cookie;
	}
}
