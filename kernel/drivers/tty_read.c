/* SPDX-License-Identifier: MIT */
/*
 * tty_read.c - read(2) from a terminal: when there is enough, how long to wait (termios(3),
 * "Canonical and noncanonical mode").
 *
 * In canonical mode a read is complete with a line, however long its buffer is.  In raw mode VMIN
 * and VTIME decide: so many bytes, or so long after the last of them, or so long in all.  The rule
 * is fixed when the read begins; settings that change meanwhile count for the next one.
 *
 * Bytes pass through a buffer on the stack, so that user memory is never touched under the
 * spinlock.  After each piece the device is asked for what it held back (ops->poll_input).
 *
 * Locks: tty->lock for a look or a piece at a time; none while waiting.  Two readers share the
 * input.
 */
#include "abi/errno.h"
#include "drivers/tty.h"

#define READ_CHUNK 256
#define TENTH	    100000000UL /* of a second, VTIME's unit, in nanoseconds */

/* When a read in raw mode is complete (termios(3), "Canonical and noncanonical mode"). */
struct read_rule {
	size_t least;	   /* bytes; with fewer it goes on waiting */
	uint64_t deadline; /* clock_monotonic(); ~0: none */
	uint64_t between;  /* nanoseconds from one byte to the next, once one has come; 0: any */
};

static struct read_rule read_rule(struct tty *tty)
{
	uint64_t flags = spinlock_acquire(&tty->lock);
	uint64_t time = tty->termios.c_cc[VTIME] * TENTH;
	size_t least = tty->termios.c_cc[VMIN];
	bool lines = tty->termios.c_lflag & ICANON;

	spinlock_release(&tty->lock, flags);
	if (lines)
		return (struct read_rule){ 0, ~0UL, 0 };
	if (least)
		return (struct read_rule){ least, ~0UL, time };
	return (struct read_rule){ 1, clock_monotonic() + time, 0 };
}

/* A look, no more: another reader may take it before us.  Then the loop waits again. */
static bool tty_readable(struct tty *tty)
{
	uint64_t flags = spinlock_acquire(&tty->lock);
	bool readable = line_readable(tty, false);

	spinlock_release(&tty->lock, flags);
	return readable;
}

/* 0: look again; -EAGAIN, -ERESTARTSYS, -ETIMEDOUT. */
static int read_wait(struct file *file, const struct tty_open *open, uint64_t deadline)
{
	struct tty *tty = open->tty;
	struct waiter waiter;
	int error = 0;

	if (clock_monotonic() >= deadline)
		return -ETIMEDOUT;
	if (file->flags & O_NONBLOCK)
		return -EAGAIN;
	waiter_init(&waiter);
	wait_queue_add(&tty->read_queue, &waiter);
	task_set_sleeping(TASK_INTERRUPTIBLE);
	if (!tty_readable(tty) && !tty_is_hung_up(open))
		error = deadline == ~0UL ? task_sleep() : task_sleep_until(deadline);
	task_set_running();
	wait_queue_remove(&waiter);
	return error;
}

/* What is there now; *ended: no more shall be read by this call. */
static ssize_t read_chunk(struct tty *tty, struct io *to, bool *ended)
{
	char chunk[READ_CHUNK];
	uint64_t flags = spinlock_acquire(&tty->lock);
	size_t taken = line_take(tty, chunk, min(to->left, sizeof(chunk)), ended);

	spinlock_release(&tty->lock, flags);
	assert(taken <= sizeof(chunk));
	tty->ops->poll_input(tty);
	return io_copy_to(to, chunk, taken) == taken ? (ssize_t)taken : -EFAULT;
}

/* How a read that stopped short answers: the bytes it has, or why there are none. */
static ssize_t read_result(size_t done, int error)
{
	if (done || error == -ETIMEDOUT)
		return (ssize_t)done;
	return error;
}

/* A background process is stopped before it waits.  The bytes that it got count more than what
 * ended the read: an error comes up at the next call, if it lasts. */
ssize_t tty_read(struct file *file, struct io *to, loff_t *position)
{
	struct tty_open *open = tty_open_of(file);
	struct tty *tty = open->tty;
	struct read_rule rule;
	size_t done = 0;
	bool ended = false;
	int error = open->console || tty_is_hung_up(open) ? 0 : tty_check_background(tty, SIGTTIN);

	if (error)
		return error;
	rule = read_rule(tty);
	while (to->left && !ended) {
		ssize_t taken;

		if (tty_is_hung_up(open))
			break;
		if (!tty_readable(tty)) {
			error = read_wait(file, open, rule.deadline);
			if (error)
				return read_result(done, error);
			continue;
		}
		taken = read_chunk(tty, to, &ended);
		if (taken < 0)
			return read_result(done, (int)taken);
		done += (size_t)taken;
		if (done && done >= rule.least && !tty_readable(tty))
			break;
		if (rule.between)
			rule.deadline = clock_monotonic() + rule.between;
	}
	return (ssize_t)done;
}
