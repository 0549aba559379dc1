/* SPDX-License-Identifier: MIT */
/*
 * file.h - open files (open file descriptions) and what they can do.
 *
 * A file is what open() made: an inode (through a path), a position, a mode, ops.  Descriptors,
 * areas and the kernel count it.  Names, inodes, files and descriptors have four different lives.
 *
 * Locks: position_lock serialises read/write/lseek of seekable files that are shared; flags are
 * changed by F_SETFL under flags' own atomicity.
 */
#pragma once

#include "abi/fcntl.h"
#include "fs/path.h"
#include "memory/io_vector.h"

struct file;
struct files;
struct map_request;
struct dirent_sink;
struct poll_table;

struct file_ops {
	/* At open, after the file is set up; may replace file->ops (devices). NULL: nothing to
	 * do. */
	int (*open)(struct inode *inode, struct file *file);
	/* At the last close; cannot fail. */
	void (*release)(struct file *file);
	/* On every close of a descriptor (fcntl locks; errors of disks); NULL: 0. */
	int (*flush)(struct file *file);
	/* Bytes moved, 0 at the end, -errno.  *position is advanced by the operation.  May sleep;
	 * NULL: -EINVAL.  Pipes and terminals ignore position. */
	ssize_t (*read)(struct file *file, struct io *to, loff_t *position);
	ssize_t (*write)(struct file *file, struct io *from, loff_t *position);
	loff_t (*seek)(struct file *file, loff_t offset, int whence); /* NULL: -ESPIPE */
	/* Feeds entries from file->position on to the sink until it is full; 0 or -errno. */
	int (*read_directory)(struct file *file, struct dirent_sink *sink);
	long (*ioctl)(struct file *file, unsigned command, uint64_t argument); /* NULL: -ENOTTY */
	/* The events that are ready now; registers on the wait queue through poll_wait(). NULL:
	 * always readable and writable. */
	uint32_t (*poll)(struct file *file, struct poll_table *table);
	/* Fills request->ops, cache; rights were checked.  NULL: -ENODEV. */
	int (*map)(struct file *file, struct map_request *request);
	int (*sync)(struct file *file, bool data_only); /* NULL: -EINVAL */
	/* NULL: -EOPNOTSUPP */
	int (*allocate)(struct file *file, int mode, loff_t offset, loff_t length);
};

#define FILE_READ  0x1
#define FILE_WRITE 0x2
#define FILE_SEEKABLE 0x4 /* has a position that pread/pwrite and lseek may use */
#define FILE_PATH  0x8	  /* O_PATH: only a place, no contents */
#define FILE_COUNTED 0x20 /* one of the writers of the inode and the mount */
#define FILE_DENIES_WRITE 0x40 /* executed: nobody may write to the inode meanwhile */
#define FILE_STREAM 0x10  /* position is not locked: pipes, terminals */

struct file {
	uint32_t count;
	uint32_t mode;	/* FILE_* */
	uint32_t flags; /* O_* as F_GETFL shows (without creation flags) */
	const struct file_ops *ops;
	struct path path;      /* counted */
	struct inode *inode;   /* path.dentry->inode at open (counted through the dentry) */
	const struct credentials *credentials; /* the opener's */
	loff_t position;
	struct mutex position_lock;
	bool locked_whole;     /* flock(2) may be held through it: look at the last close */
	uint64_t directory_state; /* read_directory's own */
	int owner, owner_signal;  /* F_SETOWN, F_SETSIG: stored */
	void *private;
};

void file_get(struct file *file);
void file_put(struct file *file); /* the last one releases; may sleep */
/* A file for a path that is resolved and checked, with count 1.  Consumes nothing; counts what it
 * keeps.  -ENOMEM, -ENXIO, -ETXTBSY, -EROFS, or what ops->open says; may sleep (a FIFO). */
int file_open_path(const struct path *path, int flags, struct file **to);
/* open(2) as a kernel function: look-up, O_CREAT, permissions, ETXTBSY ...; for exec, init,
 * initramfs. */
int file_open(int dirfd, const char *name, int flags, uint32_t mode, struct file **to);
/* A file without a name in the tree: pipes ... (its inode and dentry belong to an internal
 * superblock). */
int file_create_anonymous(const char *name, struct inode *inode, const struct file_ops *ops,
			  int flags, void *private, struct file **to);
/* The steps of read(2) and write(2) behind the descriptor.  Bytes, or -EBADF (not open so),
 * -EISDIR, -EINVAL, or what the operation says.  May sleep; position_lock is the caller's
 * affair. */
ssize_t file_read(struct file *file, struct io *to, loff_t *position);
ssize_t file_write(struct file *file, struct io *from, loff_t *position);
ssize_t file_read_kernel(struct file *file, void *to, size_t bytes, loff_t position);
ssize_t file_write_kernel(struct file *file, const void *from, size_t bytes, loff_t position);
uint64_t files_open(void); /* struct files in use, for accounting */

extern const struct file_ops path_file_ops; /* of O_PATH files: none */
extern const struct file_ops fifo_ops;	     /* fs/pipe_open.c */
/* The ops of a new device node, FIFO or socket: what happens when it is opened. */
const struct file_ops *special_file_ops(uint32_t mode);
/* Ends the denial that FILE_DENIES_WRITE tells of (fs/executable.c). */
void file_allow_write(struct file *file);

/* What a signal or a limit does to a write at `position`: RLIMIT_FSIZE, the largest size.  Shortens
 * *bytes; -EFBIG, with SIGXFSZ sent when it was the limit. */
int file_write_limit(const struct file *file, uint64_t position, size_t *bytes);
int file_clone(const struct file *from, const struct file *to); /* shares, for FICLONE: never can */

/* ---- directory entries for getdents64 ---- */
static inline uint8_t mode_to_dirent_type(uint32_t mode)
{
	return mode >> 12 & 15; /* DT_*: made so */
}

struct dirent_sink {
	/* Takes one entry; false: full, stop and keep it for the next call.  `cookie`: the position
	 * that resumes BEHIND this entry. */
	bool (*entry)(struct dirent_sink *sink, const char *name, size_t length, uint64_t cookie,
		      uint64_t inode, uint8_t type);
};

/* Emits `.` and `..` where file->position is before 2, and moves it on; false: the sink is full. */
bool directory_emit_dots(struct file *file, struct dirent_sink *sink);
/* file_ops->seek of directories whose positions are cookies: SEEK_SET and SEEK_CUR, -EINVAL
 * else. */
loff_t directory_seek(struct file *file, loff_t offset, int whence);

/* ---- descriptor tables (fs/descriptor_table.c) ---- */
/* A file for descriptor `fd` of the current task.  A reference is taken only if the table is
 * shared: always pair with fd_put().  fd_get refuses O_PATH files (NULL -> -EBADF). */
struct fd_reference {
	struct file *file; /* NULL: -EBADF */
	bool counted;	   /* implies a file */
};
struct fd_reference fd_get(int fd);
struct fd_reference fd_get_any(int fd); /* O_PATH files too */
static inline void fd_put(struct fd_reference reference)
{
	if (unlikely(reference.counted))
		file_put(reference.file);
}
/* All of the following are about the current task's table, and none sleeps unless it says so. */
unsigned fd_slots(void); /* descriptors that the table has room for now, a multiple of 64 */
/* Reserve a slot, open, then install or give back. `from`: the lowest number wanted. -EMFILE. */
int fd_reserve(int from, bool close_on_exec);
void fd_install(int fd, struct file *file); /* consumes the count */
void fd_release(int fd);		    /* a reserved one, not installed */
int fd_close(int fd);			    /* -EBADF, or what the file's flush says; may sleep */
/* Puts `file` (count consumed) at exactly `fd`, closing what is there: dup2. -EBADF, -EBUSY,
 * -ENOMEM.  May sleep: the old file is closed. */
int fd_replace(int fd, struct file *file, bool close_on_exec);
bool fd_close_on_exec(int fd);		    /* of an open descriptor */
void fd_set_close_on_exec(int fd, bool on);
/* Closes, or marks for close on exec, every descriptor in [first, last]. */
void fd_close_range(unsigned first, unsigned last, bool only_mark);
/* Whether `fd` still stands for `file`: another task that shares the table may have closed it. */
bool fd_is(int fd, const struct file *file);
int files_unshare(void);		    /* a table of its own for the current task; -ENOMEM */
void files_close_on_exec(void);		    /* execve(2): makes the table its own first */
int files_fork(struct task *child, bool share); /* 0 or -ENOMEM */
void files_exit(struct task *task);		/* may sleep: what was open last is closed */
/* For /proc/PID/fd: the file at `fd` of another task with a count, or NULL; the next used fd >=
 * from, or -1. */
struct file *files_get_of(struct task *task, int fd);
int files_next_of(struct task *task, int from);
