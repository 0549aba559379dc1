/* SPDX-License-Identifier: MIT */
/*
 * char_device.h - character devices by number.
 *
 * An open set: REGISTER(char_device, null_device).  Opening a node S_IFCHR with this number gives
 * the file these ops; ops->open runs then.  Numbers are Linux's
 * (Documentation/admin-guide/devices.txt): null 1:3, zero 1:5, full 1:7, random 1:8, urandom 1:9,
 * tty 5:0, console 5:1, ttyS0 4:64, tty0 4:0.
 *
 * A driver's minors are [minor, minor + minors); two drivers must not overlap, because the first
 * in the registry would win. Opening a number that nobody registered is ENXIO.
 */
#pragma once

#include "fs/file.h"
#include "lib/registry.h"

struct char_device {
	const char *name;      /* below /dev; for devfs and /proc/devices */
	const char *driver;    /* the group's name in /proc/devices: "mem", "ttyS" */
	uint32_t major, minor; /* the first minor */
	uint32_t minors;       /* how many in a row (0 is 1) */
	uint32_t mode;	       /* permission bits in devfs, 0666 ... */
	const struct file_ops *ops;
	void *private;	       /* in file->private at open */
};
const struct char_device *char_device_find(uint64_t number);
/* what an S_IFCHR inode's file_ops is: open looks up */
extern const struct file_ops char_device_ops;
