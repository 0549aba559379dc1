/* SPDX-License-Identifier: MIT */
/*
 * tty.c - terminals as files: open, read, write, poll, hang-up (tty(4), termios(3)).
 *
 * A hang-up does not close files: it counts up tty->hang_ups, and a file that was opened at a
 * lower count is dead: read gives 0, write -EIO, poll everything.  Files opened as /dev/console
 * are exempt, or a log-out would silence the system.
 *
 * Reading is in tty_read.c.  Writing copies in through a buffer on the stack, so that user memory
 * is never touched under the spinlock.
 *
 * Errors: read: EAGAIN, EINTR (ERESTARTSYS), EIO for a background process whose group is orphaned;
 * write: EIO after a hang-up, EAGAIN while stopped; open: EBUSY exclusive, ENXIO.
 */
#include "abi/errno.h"
#include "drivers/tty.h"
#include "lib/string.h"
#include "memory/heap.h"
#include "task/credentials.h"
#include "task/signal.h"

#define WRITE_CHUNK 256

/* Linux's INIT_C_CC: what a program finds on a fresh terminal (termios(3)). 0: the key is off. */
static const uint8_t initial_keys[NCCS] = {
	[VINTR] = 'C' & 31,   [VQUIT] = '\\' & 31, [VERASE] = 0x7f,	[VKILL] = 'U' & 31,
	[VEOF] = 'D' & 31,    [VMIN] = 1,	   [VSTART] = 'Q' & 31, [VSTOP] = 'S' & 31,
	[VSUSP] = 'Z' & 31,   [VREPRINT] = 'R' & 31, [VDISCARD] = 'O' & 31,
	[VWERASE] = 'W' & 31, [VLNEXT] = 'V' & 31,
};

void tty_init(struct tty *tty, const char *name, uint32_t minor, const struct tty_ops *ops,
	      void *device)
{
	assert(ops->write && ops->poll_input);
	*tty = (struct tty){ .name = name, .ops = ops, .device = device };
	tty->number = device_number(TTY_MAJOR, minor);
	mutex_init(&tty->write_lock);
	wait_queue_init(&tty->read_queue);
	wait_queue_init(&tty->write_queue);
	line_init(&tty->line);
	tty->termios = (struct termios2){
		.c_iflag = ICRNL | IXON,
		.c_oflag = OPOST | ONLCR,
		.c_cflag = B38400 | CS8 | CREAD | HUPCL,
		.c_lflag = ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN,
		.c_ispeed = 38400,
		.c_ospeed = 38400,
	};
	memcpy(tty->termios.c_cc, initial_keys, sizeof(initial_keys));
	/* Drivers that want others change both before anybody can open the terminal. */
	tty->initial = tty->termios;
}

/* ---- from the device ---- */

/* The answer holds for the device that asks in its interrupt; a reader can only have made more room
 * since. */
size_t tty_receive_room(struct tty *tty)
{
	uint64_t flags = spinlock_acquire(&tty->lock);
	size_t room = line_room(tty);

	spinlock_release(&tty->lock, flags);
	return room;
}

/* Wakes who waits for what just changed.  Not under tty->lock: poll's waiters look again. */
static void wake_both(struct tty *tty)
{
	wait_queue_wake(&tty->read_queue, POLLIN | POLLRDNORM);
	wait_queue_wake(&tty->write_queue, POLLOUT | POLLWRNORM);
}

/* A byte at a time, and the lock released after each: a signal takes process_tree_lock, which comes
 * before tty->lock, so it can only be sent in between.  Wake-ups come after the change that they
 * tell of, outside of the lock as well, since poll's waiters ask tty_poll() again. */
void tty_receive(struct tty *tty, const char *bytes, size_t count)
{
	assert(!spinlock_held(&tty->lock));
	for (; count; bytes++, count--) {
		uint64_t flags = spinlock_acquire(&tty->lock);
		bool was_stopped = tty->stopped, readable;
		int signal = line_receive(tty, (uint8_t)*bytes);

		line_push(tty);
		readable = line_readable(tty, false);
		was_stopped &= !tty->stopped;
		spinlock_release(&tty->lock, flags);
		if (signal)
			tty_send_signal(tty, signal);
		if (readable)
			wait_queue_wake(&tty->read_queue, POLLIN | POLLRDNORM);
		if (was_stopped)
			wait_queue_wake(&tty->write_queue, POLLOUT | POLLWRNORM);
	}
}

/* by_flow: tcflow(3) stopped it, and ^Q must not undo that (tty->flow_stopped). */
void tty_set_stopped(struct tty *tty, bool stopped, bool by_flow)
{
	uint64_t flags = spinlock_acquire(&tty->lock);

	tty->stopped = stopped;
	if (by_flow)
		tty->flow_stopped = stopped;
	line_push(tty);
	spinlock_release(&tty->lock, flags);
	wait_queue_wake(&tty->write_queue, POLLOUT | POLLWRNORM);
}

/* ---- open, close, hang-up ---- */

/* The count may wrap: a file would have to survive 2^32 hang-ups to come alive again. */
bool tty_is_hung_up(const struct tty_open *open)
{
	return !open->console && open->hang_ups != read_once(open->tty->hang_ups);
}

int tty_open_file(struct tty *tty, struct file *file, bool console, bool may_control)
{
	struct tty_open *open;

	assert(tty->ops); /* tty_init() comes first */
	if (read_once(tty->exclusive) && !capable(CAP_SYS_ADMIN))
		return -EBUSY;
	open = kmalloc(sizeof(*open));
	if (!open)
		return -ENOMEM;
	*open = (struct tty_open){ tty, read_once(tty->hang_ups), console };
	file->private = open;
	file->ops = &tty_file_ops;
	file->mode = (file->mode & ~(uint32_t)FILE_SEEKABLE) | FILE_STREAM;
	/* Last, when nothing can fail any more: no terminal is taken by an open that comes to
	 * nothing. */
	if (may_control && !(file->flags & O_NOCTTY))
		tty_take_session(tty, file);
	return 0;
}

/* The terminal itself is static, and its session does not hang on this file: closing the last
 * descriptor does not give up a controlling terminal. */
static void tty_release(struct file *file)
{
	kfree(file->private);
}

/* The count moves first: who wakes up sees that the line is dead. */
void tty_hang_up(struct tty *tty, bool session_exits)
{
	uint64_t flags = spinlock_acquire(&tty->lock);

	tty->hang_ups++;
	if (tty->resets)
		tty->termios = tty->initial;
	/* Nobody is left who could type ^Q, call tcflow() or TIOCNXCL. */
	tty->stopped = tty->flow_stopped = tty->exclusive = false;
	tty->pending_count = 0;
	line_flush(tty);
	spinlock_release(&tty->lock, flags);
	tty_drop_session(tty, session_exits);
	wake_both(tty);
}

/* ---- writing ---- */

/* Waits until output is not stopped.  0, -EAGAIN, -EIO, -ERESTARTSYS. */
static int write_wait(struct file *file, const struct tty_open *open)
{
	struct tty *tty = open->tty;
	int error = 0;

	if (read_once(tty->stopped)) {
		if (file->flags & O_NONBLOCK)
			return -EAGAIN;
		error = wait_event_interruptible(&tty->write_queue, !read_once(tty->stopped) ||
								    tty_is_hung_up(open));
	}
	return tty_is_hung_up(open) ? -EIO : error;
}

/* Raw output does not go through tty->pending, which holds echo and would be passed by: so that is
 * pushed first. */
static void write_chunk(struct tty *tty, const char *chunk, size_t bytes)
{
	uint64_t flags = spinlock_acquire(&tty->lock);

	assert(bytes <= WRITE_CHUNK);
	if (tty->termios.c_oflag & OPOST) {
		for (size_t i = 0; i < bytes; i++)
			line_put(tty, (uint8_t)chunk[i]);
		line_push(tty);
	} else {
		line_push(tty);
		tty->ops->write(tty, chunk, bytes);
	}
	spinlock_release(&tty->lock, flags);
}

/* One chunk at a time, and between them a look for ^S, a hang-up and signals: a long write to a
 * stopped terminal can be killed.  What was written counts; the error waits for the next call
 * (write(2)). */
static ssize_t write_all(struct file *file, struct io *from)
{
	struct tty_open *open = tty_open_of(file);
	char chunk[WRITE_CHUNK];
	size_t done = 0;

	assert(mutex_held(&open->tty->write_lock));
	while (from->left) {
		int error = write_wait(file, open);
		size_t bytes;

		if (!error && done && signal_pending(current))
			error = -ERESTARTSYS;
		if (error)
			return done ? (ssize_t)done : error;
		bytes = io_copy_from(chunk, from, min(from->left, sizeof(chunk)));
		if (!bytes)
			return done ? (ssize_t)done : -EFAULT;
		write_chunk(open->tty, chunk, bytes);
		done += bytes;
	}
	return (ssize_t)done;
}

static ssize_t tty_write(struct file *file, struct io *from, loff_t *position)
{
	struct tty_open *open = tty_open_of(file);
	struct tty *tty = open->tty;
	ssize_t result = 0;

	if (tty_is_hung_up(open))
		return -EIO;
	if (read_once(tty->termios.c_lflag) & TOSTOP && !open->console)
		result = tty_check_background(tty, SIGTTOU);
	if (result)
		return result;
	/* Killable, not interruptible: whoever holds it may wait for ^Q for ever, and SIGKILL must
	 * get through. */
	if (mutex_acquire_killable(&tty->write_lock))
		return -ERESTARTSYS;
	result = write_all(file, from);
	mutex_release(&tty->write_lock);
	/* A query that was written has been answered: the answer is input (tty_screen.c). */
	tty->ops->poll_input(tty);
	return result;
}

/* Registers with the queues before it looks, so that no change between the two is lost.  A dead
 * line is ready for everything: each call then says at once that it is dead. */
static uint32_t tty_poll(struct file *file, struct poll_table *table)
{
	struct tty_open *open = tty_open_of(file);
	struct tty *tty = open->tty;
	uint32_t ready = 0;
	uint64_t flags;

	if (tty_is_hung_up(open))
		return POLLIN | POLLOUT | POLLERR | POLLHUP | POLLRDNORM | POLLWRNORM;
	poll_wait(table, &tty->read_queue);
	poll_wait(table, &tty->write_queue);
	flags = spinlock_acquire(&tty->lock);
	if (line_readable(tty, true))
		ready |= POLLIN | POLLRDNORM;
	if (!tty->stopped)
		ready |= POLLOUT | POLLWRNORM;
	spinlock_release(&tty->lock, flags);
	return ready;
}

static long tty_file_ioctl(struct file *file, unsigned command, uint64_t argument)
{
	if (tty_is_hung_up(tty_open_of(file)))
		/* Linux's hung_up_tty_ioctl(). */
		return command == TIOCSPGRP ? -ENOTTY : -EIO;
	return tty_ioctl(file, command, argument);
}

const struct file_ops tty_file_ops = {
	.release = tty_release,
	.read = tty_read,
	.write = tty_write,
	.ioctl = tty_file_ioctl,
	.poll = tty_poll,
};
