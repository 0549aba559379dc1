/* SPDX-License-Identifier: MIT */
/*
 * procfs.h - what /proc is made of (proc(5)).
 *
 * System-wide files are an open set: REGISTER(proc_entry, meminfo) from any file of the kernel;
 * directories on the way ("sys/kernel/...") come into being by themselves.  What belongs to one
 * process is the closed table in fs/proc_process.c.
 */
#pragma once

#include "abi/dirent.h"
#include "fs/file.h"
#include "fs/mount.h"
#include "lib/registry.h"
#include "lib/text.h"
#include "task/process.h"

struct proc_entry {
	const char *path; /* below /proc, without a leading slash; each name below 32 bytes */
	uint32_t mode;	  /* permission bits; 0 is 0444 */
	/* Writes the whole content; may sleep.  0 or -errno for read(2).  NULL: reading is
	 * -EACCES. */
	int (*show)(struct text *text);
	/* Takes what one write(2) brought (NUL-terminated, at most a page).  0 or -errno.  NULL:
	 * read-only. */
	int (*store)(const char *bytes, size_t length);
	const struct file_ops *file_ops; /* instead of both: a file with ops of its own (kmsg) */
};

/* ---- inside procfs ---- */

/* A name of the static tree. */
struct proc_node {
	char name[32];
	const struct proc_entry *entry; /* NULL: a directory */
	struct proc_node *parent;
	struct list children, sibling;
	uint32_t number; /* inode number, and cookie in its directory */
};

/* fs/proc_tree.c */
#define PROC_ROOT_INODE 1
extern struct proc_node proc_root;
int proc_tree_build(void); /* 0 or -ENOMEM; again after an error: adds what is missing */
struct proc_node *proc_node_find(struct proc_node *parent, const char *name, size_t length);

/* Directory positions: 0 is before ".", then ".." and the links of the root, then nodes, at this
 * and their number. */
#define PROC_COOKIE_NODES 100

/* fs/proc_root.c: makes `dentry` positive as one of the root's links, or -ENOENT, -ENOMEM. */
int proc_root_link(struct dentry *dentry);
bool proc_read_root_links(struct file *file, struct dirent_sink *sink);
void proc_read_processes(struct file *file, struct dirent_sink *sink);
/* A decimal number as the kernel writes it (no leading zeros), or -1. */
int proc_name_number(const char *name, size_t length);

/* fs/procfs.c */
/* A fresh procfs inode: owner root, times now, read-only ops. NULL: no memory. */
struct inode *proc_inode_create(struct superblock *superblock, uint32_t mode, uint64_t number);
/* One entry of a directory: skipped when the position is past its cookie; false: the sink is
 * full. */
bool proc_emit(struct file *file, struct dirent_sink *sink, const char *name, uint64_t cookie,
	       uint64_t inode, uint32_t mode);
bool proc_emit_dots(struct file *file, struct dirent_sink *sink); /* cookies 1 and 2 */
extern const struct file_ops proc_text_ops; /* fs/proc_text.c; the inode's private: its proc_node */

/* fs/proc_process.c */
struct proc_process_entry { /* a name below /proc/PID */
	const char *name;
	uint32_t mode; /* type and permission bits */
	bool owner_only; /* the same user or CAP_SYS_PTRACE, else -EACCES */
	int (*show)(struct process *process, struct text *text);
	int (*store)(struct process *process, const char *bytes, size_t length); /* see above */
	int (*follow)(struct process *process, struct path *to); /* magic links */
};
/* /proc/PID for `number`: instantiates `dentry`, or -ENOENT, -ENOMEM. */
int proc_process_lookup(struct inode *dir, struct dentry *dentry, int number);

/* fs/proc_process_inode.c */
/* An inode about a process: the pid is counted, so its number is not given to another. */
struct proc_inode {
	struct pid *pid;
	const struct proc_process_entry *entry; /* NULL: the directory /proc/PID itself */
	int fd;					/* /proc/PID/fd/N */
	bool task;				/* below /proc/PID/task/TID */
};
/* NULL: no memory.  The caller still sets the entry, and other ops than a text file's. */
struct inode *proc_process_inode_create(struct superblock *superblock, struct process *process,
					uint32_t mode, uint64_t below);
void proc_process_inode_evict(struct inode *inode); /* `evict` of all these inodes' ops */
uint64_t proc_process_inode_number(int pid, uint64_t below);
bool proc_is_process_inode(const struct inode *inode);
struct process *proc_inode_process(const struct inode *inode); /* with a count; NULL: it has gone */
/* Whether the process that the inode is about still exists. */
bool proc_process_alive(const struct inode *inode);
/* Whether a cached dentry with this inode may be used again; brings its owner up to date. */
bool proc_process_revalidate(struct inode *inode);
bool proc_may_look(struct process *process);
/* What the entry's functions say; -ESRCH, -EACCES; -EIO: nothing to store. */
int proc_process_show(struct inode *inode, struct text *text);
int proc_process_store(struct inode *inode, const char *bytes, size_t length);

/* fs/proc_links.c */
int proc_follow_exe(struct process *process, struct path *to);
int proc_follow_cwd(struct process *process, struct path *to);
int proc_follow_root(struct process *process, struct path *to);
extern const struct inode_ops proc_link_ops, proc_fd_directory_inode_ops;
extern const struct file_ops proc_fd_directory_ops;

/* The makers of /proc/PID/...: each appends the whole file.  0, -ENOMEM, or another error for
 * read(2). */
/* fs/proc_process_files.c */
int proc_show_comm(struct process *process, struct text *text);
int proc_store_comm(struct process *process, const char *bytes, size_t length);
int proc_show_cmdline(struct process *process, struct text *text);
int proc_show_environ(struct process *process, struct text *text);
int proc_show_auxv(struct process *process, struct text *text);
int proc_show_oom_score(struct process *process, struct text *text);
int proc_show_oom_score_adj(struct process *process, struct text *text);
int proc_store_oom_score_adj(struct process *process, const char *bytes, size_t length);
int proc_show_cgroup(struct process *process, struct text *text);
int proc_show_io(struct process *process, struct text *text);
/* fs/proc_process_text.c, fs/proc_maps.c, fs/proc_mounts.c */
int proc_show_stat(struct process *process, struct text *text);
int proc_show_statm(struct process *process, struct text *text);
int proc_show_status(struct process *process, struct text *text);
int proc_show_limits(struct process *process, struct text *text);
int proc_show_maps(struct process *process, struct text *text);
int proc_show_mounts(struct process *process, struct text *text);
int proc_show_mountinfo(struct process *process, struct text *text);

/* Upward steps of what is shown, by their providers. */
/* drivers/tty.c: st_rdev of the terminal and its foreground group's number (0, -1: none). */
void terminal_describe(struct tty *terminal, uint32_t *device, int *foreground);
