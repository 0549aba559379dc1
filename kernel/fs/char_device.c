/* SPDX-License-Identifier: MIT */
/*
 * char_device.c - what opening a device node leads to: the driver that registered its number.
 *
 * The node only carries a number; ops and private data come from the driver, at the moment of
 * opening, so a node may exist before (or without) its driver. No lock: the registry is constant.
 */
#include "fs/char_device.h"
#include "abi/errno.h"
#include "lib/assert.h"
#include "lib/registry.h"

/* By st_rdev; NULL: nobody registered the number. */
const struct char_device *char_device_find(uint64_t number)
{
	uint32_t major = device_major(number), minor = device_minor(number);
	struct char_device **each;

	registry_for_each(char_device, each) {
		const struct char_device *device = *each;

		if (device->major == major && minor >= device->minor &&
		    minor - device->minor < max(device->minors, 1u))
			return device;
	}
	return NULL;
}

/* From here on the file is the driver's: what it set up is undone by its own release. */
static int char_device_open(struct inode *inode, struct file *file)
{
	const struct char_device *device = char_device_find(inode->device);

	if (!device)
		return -ENXIO;
	assert(device->ops && device->ops != &char_device_ops);
	file->ops = device->ops;
	file->private = device->private;
	return file->ops->open ? file->ops->open(inode, file) : 0;
}

const struct file_ops char_device_ops = { .open = char_device_open };
