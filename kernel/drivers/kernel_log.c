/* SPDX-License-Identifier: MIT */
/*
 * kernel_log.c - the log ring for programs: syslog(2), which dmesg and klogd use, and /dev/kmsg for
 * writing into it.
 *
 * Two positions in the ring belong to all programs together, as on Linux: how far the destructive
 * reads (SYSLOG_ACTION_READ) have come, and where the last "clear" was.  The log can be written in
 * any context and wakes nobody, so a blocking reader looks ten times a second.
 *
 * Errors (syslog(2)): EPERM without CAP_SYS_ADMIN (reading all and the size are free to everybody,
 * as with dmesg_restrict = 0), EINVAL, EFAULT, EINTR by ERESTARTSYS.
 *
 * Locks: positions_lock for the two positions and the copies out; the ring has its own
 * (lib/log.c).
 */
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "fs/char_device.h"
#include "lib/printf.h"
#include "lib/string.h"
#include "lock/mutex.h"
#include "memory/user_copy.h"
#include "task/credentials.h"

enum { /* syslog(2) */
	ACTION_CLOSE,
	ACTION_OPEN,
	ACTION_READ,
	ACTION_READ_ALL,
	ACTION_READ_CLEAR,
	ACTION_CLEAR,
	ACTION_CONSOLE_OFF,
	ACTION_CONSOLE_ON,
	ACTION_CONSOLE_LEVEL,
	ACTION_SIZE_UNREAD,
	ACTION_SIZE_BUFFER,
};
#define CHUNK	     512
#define LOOK_AGAIN   100000000UL /* nanoseconds */
#define LEVEL_QUIET  1
#define LEVEL_USER   6 /* <6> unless the text says another */

static struct mutex positions_lock = MUTEX_INIT(positions_lock); /* guards the next two */
static uint64_t read_position, clear_position;

/* Copies from *position on to the program, up to `size` bytes; advances it. */
static long copy_out(uint64_t *position, user_address buffer, size_t size)
{
	char chunk[CHUNK];
	size_t done = 0;

	assert(mutex_held(&positions_lock));
	while (done < size) {
		size_t bytes = log_read(position, chunk, min(size - done, sizeof(chunk)));

		if (!bytes)
			break;
		if (user_put(buffer + done, chunk, bytes))
			return -EFAULT;
		done += bytes;
	}
	return (long)done;
}

/* Sleeps without the lock, so that others can read all or clear meanwhile.  No wake-up can be lost,
 * since there is none: the sleep ends by its deadline. */
static long read_next(user_address buffer, size_t size)
{
	long result = 0;

	while (!result) {
		mutex_acquire(&positions_lock);
		result = copy_out(&read_position, buffer, size);
		mutex_release(&positions_lock);
		if (!result) {
			task_set_sleeping(TASK_INTERRUPTIBLE);
			if (task_sleep_until(clock_monotonic() + LOOK_AGAIN) == -ERESTARTSYS)
				result = -ERESTARTSYS;
			task_set_running();
		}
	}
	return result;
}

/* The newest `size` bytes since the last clear, from the start of a line on. */
static long read_all(user_address buffer, size_t size, bool clear)
{
	uint64_t end = log_end(), position;
	long result;
	char c = '\n';

	mutex_acquire(&positions_lock);
	position = clear_position;
	if (end - position > size) {
		/* One byte before, so that the first line is whole if it begins exactly there. */
		position = end - size - 1;
		while (log_read(&position, &c, 1) && c != '\n')
			;
	}
	result = copy_out(&position, buffer, size);
	if (clear && result >= 0)
		clear_position = end;
	mutex_release(&positions_lock);
	return result;
}

/* Under the lock: a read that is under way with "clear" would put its older position over ours. */
static long clear_all(void)
{
	mutex_acquire(&positions_lock);
	clear_position = log_end();
	mutex_release(&positions_lock);
	return 0;
}

/* From this level on messages stay off the console; 8 lets all through (syslog(2)). */
static long console_level(int level)
{
	if (level < 1 || level > 8)
		return -EINVAL;
	log_console_level = level;
	return 0;
}

/* In Linux's order: EINVAL before a size of 0 succeeds, EFAULT after it. */
static long read_action(int action, user_address buffer, int size)
{
	if (!buffer || size < 0)
		return -EINVAL;
	if (size == 0)
		return 0;
	if (!user_range_valid(buffer, (size_t)size))
		return -EFAULT;
	if (action == ACTION_READ)
		return read_next(buffer, (size_t)size);
	return read_all(buffer, (size_t)size, action == ACTION_READ_CLEAR);
}

long sys_syslog(int action, user_address buffer, int size)
{
	static int level_before; /* that "off" replaced; 0: it is not off */

	if (action != ACTION_READ_ALL && action != ACTION_SIZE_BUFFER && !capable(CAP_SYS_ADMIN))
		return -EPERM;
	switch (action) {
	case ACTION_CLOSE:
	case ACTION_OPEN:
		return 0;
	case ACTION_READ:
	case ACTION_READ_ALL:
	case ACTION_READ_CLEAR:
		return read_action(action, buffer, size);
	case ACTION_CLEAR:
		return clear_all();
	case ACTION_CONSOLE_OFF:
		level_before = log_console_level;
		log_console_level = LEVEL_QUIET;
		return 0;
	case ACTION_CONSOLE_ON:
		if (level_before)
			log_console_level = level_before;
		level_before = 0;
		return 0;
	case ACTION_CONSOLE_LEVEL:
		return console_level(size);
	case ACTION_SIZE_UNREAD:
		return (long)min(log_end() - read_position, LOG_SIZE);
	case ACTION_SIZE_BUFFER:
		return LOG_SIZE;
	default:
		return -EINVAL;
	}
}

/* One write is one line; "<N>" before it is its level. */
static ssize_t kmsg_write(struct file *file, struct io *from, loff_t *position)
{
	char line[LOG_LINE_MAX];
	size_t whole = from->left, bytes = min(whole, sizeof(line) - 1);
	int level = LEVEL_USER;
	const char *text = line;

	if (io_copy_from(line, from, bytes) != bytes)
		return -EFAULT;
	line[bytes] = '\0';
	if (line[0] == '<' && line[1] >= '0' && line[1] <= '9') {
		uint64_t number = string_to_u64(line + 1, &text, 10);

		level = (int)(number & 7);
		/* "<5" without its bracket is text like any other. */
		text = *text == '>' ? text + 1 : line;
	}
	kprintf((enum log_level)level, "%s", text);
	return (ssize_t)whole;
}

static const struct file_ops kmsg_ops = { .write = kmsg_write };
static struct char_device kmsg_device = {
	.name = "kmsg",
	.driver = "mem",
	.major = 1,
	.minor = 11,
	.mode = 0644,
	.ops = &kmsg_ops,
};
REGISTER(char_device, kmsg_device);
