/* SPDX-License-Identifier: MIT */
/*
 * tty_ioctl.c - settings, flow, flushing, window size (ioctl_tty(2)).  Who owns the terminal is
 * tty_jobs.c's; what only one kind of device knows, its own.
 *
 * Requests that change how the terminal works are refused to background processes as a write is
 * with TOSTOP: their group gets SIGTTOU.
 *
 * Errors: EFAULT, EINVAL an unknown action, ENOTTY a request that nobody knows, EPERM TIOCSTI to
 * another's terminal, EIO and EINTR from the background check.
 *
 * Locks: settings are copied out of and into tty->lock; user memory is touched outside of it.
 */
#include "abi/errno.h"
#include "drivers/tty.h"
#include "lib/string.h"
#include "memory/user_copy.h"
#include "task/credentials.h"

/* ---- settings ---- */

/* termios(3): the codes of c_cflag & CBAUD, in the two ranges that Linux has for them. */
static const struct {
	uint32_t code, speed;
} speeds[] = {
	{ B0, 0 },	   { B50, 50 },		{ B75, 75 },	     { B110, 110 },
	{ B134, 134 },	   { B150, 150 },	{ B200, 200 },	     { B300, 300 },
	{ B600, 600 },	   { B1200, 1200 },	{ B1800, 1800 },     { B2400, 2400 },
	{ B4800, 4800 },   { B9600, 9600 },	{ B19200, 19200 },   { B38400, 38400 },
	{ B57600, 57600 }, { B115200, 115200 }, { B230400, 230400 }, { B460800, 460800 },
};

/* The numbers behind the speed's code; a speed of its own (BOTHER) stays. */
static void speed_update(struct termios2 *termios)
{
	for (size_t i = 0; i < array_size(speeds); i++)
		if (speeds[i].code == (termios->c_cflag & CBAUD))
			termios->c_ispeed = termios->c_ospeed = speeds[i].speed;
}

/* `bytes`: of struct termios2, of which struct termios is the beginning. */
static long settings_get(struct tty *tty, uint64_t argument, size_t bytes)
{
	struct termios2 termios;
	uint64_t flags = spinlock_acquire(&tty->lock);

	assert(bytes <= sizeof(termios));
	termios = tty->termios;
	spinlock_release(&tty->lock, flags);
	return user_put(argument, &termios, bytes);
}

/* In one step under the lock: a byte that arrives meanwhile is treated by the old settings or the
 * new ones, never by half of each. Both queues are woken, since what was unreadable may be a line
 * now. */
static void settings_install(struct tty *tty, const struct termios2 *fresh, bool flush)
{
	uint64_t flags = spinlock_acquire(&tty->lock);
	struct termios2 old = tty->termios;

	if (flush)
		line_flush(tty);
	tty->termios = *fresh;
	line_settings_changed(tty, &old);
	line_push(tty);
	spinlock_release(&tty->lock, flags);
	wait_queue_wake(&tty->read_queue, POLLIN | POLLRDNORM);
	wait_queue_wake(&tty->write_queue, POLLOUT | POLLWRNORM);
}

/* What tty->pending holds back because of ^S is not waited for: it might be for ever. */
static void drain(struct tty *tty)
{
	if (tty->ops->drain)
		tty->ops->drain(tty);
}

/* TCSETS at once, TCSETSW after output has drained, TCSETSF flushing input as well (tcsetattr(3)).
 * `bytes` tells TCSETS, whose struct ends before the speeds, from TCSETS2. */
static long settings_set(struct tty *tty, uint64_t argument, size_t bytes, bool wait, bool flush)
{
	struct termios2 fresh = tty->termios;
	int error = tty_check_background(tty, SIGTTOU);

	assert(bytes <= sizeof(fresh));
	if (error)
		return error;
	if (user_get(&fresh, argument, bytes))
		return -EFAULT;
	/* The struct of TCSETS has no speeds: they follow from c_cflag's code. */
	speed_update(&fresh);
	if (wait)
		drain(tty);
	settings_install(tty, &fresh, flush);
	return 0;
}

/* `default` is TCSETSF2: tty_ioctl() sends only these eight here. */
static long ioctl_settings(struct tty *tty, unsigned command, uint64_t argument)
{
	switch (command) {
	case TCGETS:
		return settings_get(tty, argument, sizeof(struct termios));
	case TCGETS2:
		return settings_get(tty, argument, sizeof(struct termios2));
	case TCSETS:
		return settings_set(tty, argument, sizeof(struct termios), false, false);
	case TCSETSW:
		return settings_set(tty, argument, sizeof(struct termios), true, false);
	case TCSETSF:
		return settings_set(tty, argument, sizeof(struct termios), true, true);
	case TCSETS2:
		return settings_set(tty, argument, sizeof(struct termios2), false, false);
	case TCSETSW2:
		return settings_set(tty, argument, sizeof(struct termios2), true, false);
	default:
		return settings_set(tty, argument, sizeof(struct termios2), true, true);
	}
}

/* ---- flow ---- */

/* tcflow(TCIOFF, TCION): the other side shall stop or go on, so it is sent our own key for that.
 * Past tty->pending: it must get through even if output is stopped. */
static void send_key(struct tty *tty, int key)
{
	uint64_t flags = spinlock_acquire(&tty->lock);
	char byte = (char)tty->termios.c_cc[key];

	if (byte)
		tty->ops->write(tty, &byte, 1);
	spinlock_release(&tty->lock, flags);
}

static long flow(struct tty *tty, uint64_t action)
{
	switch (action) {
	case TCOOFF:
		tty_set_stopped(tty, true, true);
		return 0;
	case TCOON:
		/* tcflow(TCOON) does not undo a ^S that was typed, as little as ^Q undoes
		 * tcflow(TCOOFF). */
		if (tty->flow_stopped)
			tty_set_stopped(tty, false, true);
		return 0;
	case TCIOFF:
		send_key(tty, VSTOP);
		return 0;
	case TCION:
		send_key(tty, VSTART);
		return 0;
	default:
		return -EINVAL;
	}
}

/* tcflush(3). After input was thrown away the device may have more for us. */
static long flush(struct tty *tty, uint64_t which)
{
	uint64_t flags;

	if (which != TCIFLUSH && which != TCOFLUSH && which != TCIOFLUSH)
		return -EINVAL;
	flags = spinlock_acquire(&tty->lock);
	if (which != TCOFLUSH)
		line_flush(tty);
	if (which != TCIFLUSH)
		tty->pending_count = 0;
	spinlock_release(&tty->lock, flags);
	if (which != TCOFLUSH)
		tty->ops->poll_input(tty);
	return 0;
}

/* Flow and flushing are the foreground's business, as settings are (POSIX, tcflow(), tcflush()). */
static long ioctl_flow(struct tty *tty, unsigned command, uint64_t argument)
{
	int error = tty_check_background(tty, SIGTTOU);

	if (error)
		return error;
	switch (command) {
	case TCXONC:
		return flow(tty, argument);
	case TCFLSH:
		return flush(tty, argument);
	default: /* TCSBRK, TCSBRKP: a break cannot be sent; TCSBRK with an argument is tcdrain() */
		drain(tty);
		return 0;
	}
}

/* ---- numbers ---- */

static long put_int(uint64_t argument, size_t value)
{
	int number = (int)value;

	return user_put(argument, &number, sizeof(number));
}

static long available(struct tty *tty, uint64_t argument)
{
	uint64_t flags = spinlock_acquire(&tty->lock);
	size_t bytes = line_available(tty);

	spinlock_release(&tty->lock, flags);
	return put_int(argument, bytes);
}

static long window_get(struct tty *tty, uint64_t argument)
{
	uint64_t flags = spinlock_acquire(&tty->lock);
	struct winsize window = tty->window;

	spinlock_release(&tty->lock, flags);
	return user_put(argument, &window, sizeof(window));
}

/* Nobody here knows how large the window really is: a program such as stty(1) or the other end of a
 * pseudo-terminal says it, and the foreground is told to ask again. */
static long window_set(struct tty *tty, uint64_t argument)
{
	struct winsize window;
	uint64_t flags;
	bool changed;

	if (user_get(&window, argument, sizeof(window)))
		return -EFAULT;
	flags = spinlock_acquire(&tty->lock);
	changed = memcmp(&window, &tty->window, sizeof(window));
	tty->window = window;
	spinlock_release(&tty->lock, flags);
	/* Only a real change: window managers set the same size again and again. */
	if (changed)
		tty_send_signal(tty, SIGWINCH);
	return 0;
}

/* TIOCSTI: as if typed.  Dangerous (a program can type into its parent shell), hence only on one's
 * own terminal. */
static long fake_input(struct tty *tty, uint64_t argument)
{
	char byte;

	if (read_once(current_process()->terminal) != tty && !capable(CAP_SYS_ADMIN))
		return -EPERM;
	if (user_get(&byte, argument, 1))
		return -EFAULT;
	tty_receive(tty, &byte, 1);
	return 0;
}

/* There is one discipline; asking for it again succeeds. */
static long set_discipline(uint64_t argument)
{
	int number;

	if (user_get(&number, argument, sizeof(number)))
		return -EFAULT;
	return number == N_TTY ? 0 : -EINVAL;
}

static long ioctl_other(struct tty *tty, unsigned command, uint64_t argument)
{
	switch (command) {
	case TIOCGWINSZ:
		return window_get(tty, argument);
	case TIOCSWINSZ:
		return window_set(tty, argument);
	case FIONREAD:
		return available(tty, argument);
	case TIOCOUTQ:
		return put_int(argument, tty->pending_count);
	case TIOCSTI:
		return fake_input(tty, argument);
	case TIOCGETD:
		return put_int(argument, N_TTY);
	case TIOCSETD:
		return set_discipline(argument);
	case TIOCEXCL:
	case TIOCNXCL:
		write_once(tty->exclusive, command == TIOCEXCL);
		return 0;
	case TIOCGEXCL:
		return put_int(argument, tty->exclusive);
	default:
		return tty->ops->ioctl ? tty->ops->ioctl(tty, command, argument) : -ENOTTY;
	}
}

/* By subject, so that each group checks once what all of its requests need: job control for
 * settings and flow, nothing for questions.  ENOTTY is how a program learns that this is another
 * kind of device (isatty(3)). */
long tty_ioctl(struct file *file, unsigned command, uint64_t argument)
{
	struct tty *tty = tty_open_of(file)->tty;

	switch (command) {
	case TCGETS:
	case TCSETS:
	case TCSETSW:
	case TCSETSF:
	case TCGETS2:
	case TCSETS2:
	case TCSETSW2:
	case TCSETSF2:
		return ioctl_settings(tty, command, argument);
	case TCXONC:
	case TCFLSH:
	case TCSBRK:
	case TCSBRKP:
		return ioctl_flow(tty, command, argument);
	case TIOCSCTTY:
	case TIOCNOTTY:
	case TIOCSPGRP:
	case TIOCGPGRP:
	case TIOCGSID:
		return tty_ioctl_jobs(file, command, argument);
	default:
		return ioctl_other(tty, command, argument);
	}
}
