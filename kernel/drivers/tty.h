/* SPDX-License-Identifier: MIT */
/*
 * tty.h - terminals: a device that carries bytes both ways, a line discipline between it and the
 * programs, a session that it controls.
 *
 * Input comes from the device in an interrupt, byte by byte, through tty_receive() into the line
 * discipline's buffer; programs read it from there.  Output goes through the line discipline to
 * the device at once.  Terminals are static: they live as long as the kernel.
 *
 * Locks: `lock` (spin) guards all of struct tty but what says otherwise; it is never held while a
 * signal is sent (signals take process_tree_lock), nor across user copies.  write_lock keeps the
 * bytes of one write(2) together.
 */
#pragma once

#include "abi/ioctl.h"
#include "abi/termios.h"
#include "drivers/line_discipline.h"
#include "fs/char_device.h"
#include "fs/poll.h"
#include "task/process.h"

struct tty;

struct tty_ops {
	/* Puts the bytes out, all of them.  Under tty->lock, interrupts off: must not sleep. */
	void (*write)(struct tty *tty, const char *text, size_t bytes);
	/* Takes in what the device has or held back, as far as there is room: after a read made
	 * some, and after a write, which the device may have answered.  Not under tty->lock. */
	void (*poll_input)(struct tty *tty);
	/* Waits until the last byte is out (tcdrain); may be NULL when output is immediate. */
	void (*drain)(struct tty *tty);
	/* Requests of this device only; -ENOTTY: unknown.  May be NULL. */
	long (*ioctl)(struct tty *tty, unsigned command, uint64_t argument);
};

#define TTY_PENDING 512 /* bytes */

struct tty {
	const char *name;
	uint64_t number; /* st_rdev of its node */
	const struct tty_ops *ops;
	void *device;

	struct mutex write_lock;
	struct wait_queue read_queue, write_queue;

	struct spinlock lock; /* guards all below */
	struct termios2 termios;
	struct termios2 initial; /* what a hang-up brings back, when `resets` */
	bool resets;		 /* set once; screens do, serial lines keep their settings */
	struct winsize window;
	struct line line;
	char pending[TTY_PENDING]; /* processed output on its way to the device */
	size_t pending_count;
	bool stopped;	     /* ^S, or tcflow(TCOOFF): no output */
	bool flow_stopped;   /* by tcflow: only tcflow starts it again */
	bool exclusive;	     /* TIOCEXCL */
	uint32_t hang_ups;   /* files that were opened before the last one are dead */
	struct pid *session;	/* counted; NULL: controls none */
	struct pid *foreground; /* counted: the group that may read, and gets ^C */
};

/* What an open file keeps about its terminal. */
struct tty_open {
	struct tty *tty;
	uint32_t hang_ups; /* the terminal's count when it was opened */
	bool console;	   /* opened as /dev/console: immune to hang-ups and job control */
};

/* Minor is the one below Linux's major 4, where serial lines and screens are. */
void tty_init(struct tty *tty, const char *name, uint32_t minor, const struct tty_ops *ops,
	      void *device);
#define TTY_MAJOR 4

/* ---- from the device, in any context ---- */
/* How many bytes tty_receive() will take now; keep the others, poll_input() will ask for them. */
size_t tty_receive_room(struct tty *tty);
void tty_receive(struct tty *tty, const char *bytes, size_t count);

/* ---- tty.c ---- */
/* Makes a fresh file a file of `tty`.  0, -ENOMEM, -EBUSY (exclusive). */
int tty_open_file(struct tty *tty, struct file *file, bool console, bool may_control);
extern const struct file_ops tty_file_ops;
/* Whether the line was cut since the file was opened. */
bool tty_is_hung_up(const struct tty_open *open);
ssize_t tty_read(struct file *file, struct io *to, loff_t *position); /* tty_read.c */
static inline struct tty_open *tty_open_of(struct file *file)
{
	return file->private;
}
/* The line is cut: open files become dead, the session's leader and foreground group get SIGHUP. */
void tty_hang_up(struct tty *tty, bool session_exits);
/* Starts or stops output (^Q, ^S, tcflow). */
void tty_set_stopped(struct tty *tty, bool stopped, bool by_flow);

/* ---- tty_ioctl.c ---- */
long tty_ioctl(struct file *file, unsigned command, uint64_t argument);
void tty_send_signal(struct tty *tty, int signal); /* to the foreground group; not under lock */

/* ---- tty_jobs.c ---- */
/* May the current process read (SIGTTIN), write or configure (SIGTTOU)?  0; -ERESTARTSYS: its group
 * got the signal; -EIO: it would be stopped for ever. */
int tty_check_background(struct tty *tty, int signal);
/* The requests about groups and sessions; -ENOTTY: it is none of them. */
long tty_ioctl_jobs(struct file *file, unsigned command, uint64_t argument);

/* ---- tty_session.c ---- */
/* open(2) by a session leader without a terminal makes this one its terminal. */
void tty_take_session(struct tty *tty, struct file *file);
/* The terminal controls nobody any more; its session's leader gets SIGHUP and SIGCONT, when the
 * session exits its foreground group SIGHUP too. */
void tty_drop_session(struct tty *tty, bool session_exits);
