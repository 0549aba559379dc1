/* SPDX-License-Identifier: MIT */
/*
 * memory_devices.c - the devices with no hardware: null, zero, full, random, urandom (mem(4),
 * null(4), full(4), random(4)).
 *
 * Each is a file_ops without state, so nothing here locks.  /dev/random and /dev/urandom are one
 * generator (lib/random.h), as on Linux since 5.18; writing to them stirs the bytes in.
 *
 * Reads and writes of any size succeed in full, unless user memory ends (EFAULT only when nothing
 * was moved) or a signal comes, which is looked for at each page. A seek succeeds and stays at 0,
 * so programs that rewind do not notice.
 */
#include "abi/errno.h"
#include "abi/ioctl.h"
#include "abi/poll.h"
#include "fs/char_device.h"
#include "lib/random.h"
#include "lib/string.h"
#include "memory/address_space.h"
#include "memory/user_copy.h"
#include "task/task.h"

#define POOL_BITS 256

static ssize_t null_read(struct file *file, struct io *to, loff_t *position)
{
	return 0;
}

/* User memory is not even looked at: a bad address is no error, as on Linux. */
static ssize_t null_write(struct file *file, struct io *from, loff_t *position)
{
	ssize_t bytes = from->left;

	from->left = 0;
	return bytes;
}

/* Page by page a long transfer gives way to others, and to signals: whether it shall end here. */
static bool ends_early(size_t moved)
{
	if (moved % PAGE_SIZE)
		return false;
	task_yield_if_due();
	return signal_pending(current);
}

static ssize_t zero_read(struct file *file, struct io *to, loff_t *position)
{
	size_t moved = 0;

	while (to->left) {
		size_t part = min(to->left, PAGE_SIZE), cleared = io_clear(to, part);

		moved += cleared;
		if (cleared < part)
			return moved ? (ssize_t)moved : -EFAULT;
		if (ends_early(moved))
			break;
	}
	return moved;
}

/* A private map of /dev/zero is anonymous memory; a shared one, shared anonymous memory. */
static int zero_map(struct file *file, struct map_request *request)
{
	/* The area is anonymous memory and does not keep the file open, as on Linux. */
	request->file = NULL;
	request->offset = 0;
	if (!(request->flags & AREA_SHARED)) {
		request->ops = &anonymous_ops;
		return 0;
	}
	request->cache = page_cache_create(round_up(request->bytes, PAGE_SIZE));
	request->ops = &cache_ops;
	return request->cache ? 0 : -ENOMEM;
}

/* For trying out how a program bears a full disk (full(4)). */
static ssize_t full_write(struct file *file, struct io *from, loff_t *position)
{
	return -ENOSPC;
}

/* Any seek of these succeeds and means nothing. */
static loff_t memory_device_seek(struct file *file, loff_t offset, int whence)
{
	return file->position = 0;
}

/* In pieces through the stack: the generator is not locked while user memory is touched. */
static ssize_t random_read(struct file *file, struct io *to, loff_t *position)
{
	uint8_t block[256];
	size_t moved = 0;

	while (to->left) {
		size_t part = min(to->left, sizeof(block)), copied;

		random_bytes(block, part);
		copied = io_copy_to(to, block, part);
		moved += copied;
		if (copied < part)
			return moved ? (ssize_t)moved : -EFAULT;
		if (ends_early(moved))
			break;
	}
	return moved;
}

/* Stirred in, but trusted with nothing: whoever knows what he wrote must not know what is read
 * afterwards. */
static ssize_t random_write(struct file *file, struct io *from, loff_t *position)
{
	uint8_t block[256];
	size_t moved = 0;

	while (from->left) {
		size_t part = min(from->left, sizeof(block));
		size_t copied = io_copy_from(block, from, part);

		random_stir(block, copied);
		moved += copied;
		if (copied < part)
			return moved ? (ssize_t)moved : -EFAULT;
		if (ends_early(moved))
			break;
	}
	return moved;
}

/* There is always enough chance to read, so there is no need to write any. */
static uint32_t random_poll(struct file *file, struct poll_table *table)
{
	return POLLIN | POLLRDNORM;
}

/* random(4): how many bits are in the pool; what would change that number is not known here. */
static long random_ioctl(struct file *file, unsigned command, uint64_t argument)
{
	int bits = POOL_BITS;

	return command == RNDGETENTCNT ? user_put(argument, &bits, sizeof(bits)) : -EINVAL;
}

static const struct file_ops null_ops = { .read = null_read, .write = null_write,
					  .seek = memory_device_seek };
static const struct file_ops zero_ops = { .read = zero_read, .write = null_write,
					  .seek = memory_device_seek, .map = zero_map };
static const struct file_ops full_ops = { .read = zero_read, .write = full_write,
					  .seek = memory_device_seek };
static const struct file_ops random_ops = { .read = random_read, .write = random_write,
					    .seek = memory_device_seek, .poll = random_poll,
					    .ioctl = random_ioctl };
static const struct file_ops urandom_ops = { .read = random_read, .write = random_write,
					     .seek = memory_device_seek, .ioctl = random_ioctl };

static struct char_device null_device = { "null", "mem", 1, 3, 1, 0666, &null_ops, NULL };
static struct char_device zero_device = { "zero", "mem", 1, 5, 1, 0666, &zero_ops, NULL };
static struct char_device full_device = { "full", "mem", 1, 7, 1, 0666, &full_ops, NULL };
static struct char_device random_device = { "random", "mem", 1, 8, 1, 0666, &random_ops, NULL };
static struct char_device urandom_device = { "urandom", "mem", 1, 9, 1, 0666, &urandom_ops, NULL };

REGISTER(char_device, null_device);
REGISTER(char_device, zero_device);
REGISTER(char_device, full_device);
REGISTER(char_device, random_device);
REGISTER(char_device, urandom_device);
