/* SPDX-License-Identifier: MIT */
/*
 * machine_calls.c - calls about the machine as a whole: its names (uname(2), sethostname(2)), how
 * it is doing (sysinfo(2)), its random bytes (getrandom(2)).
 *
 * The release says 6.1 because C libraries compare it: glibc refuses to start on a kernel that it
 * takes for too old. uname's struct is copied whole: its fields are 65 bytes and NUL-padded
 * (uname(2)).
 *
 * Names are replaced by one memcpy, during which nobody else runs: no lock.
 */
#include "abi/errno.h"
#include "abi/limits.h"
#include "abi/prctl.h"
#include "abi/random.h"
#include "abi/syscalls.h"
#include "abi/sysinfo.h"
#include "lib/random.h"
#include "lib/string.h"
#include "memory/frame_allocator.h"
#include "memory/user_copy.h"
#include "task/credentials.h"
#include "task/process.h"
#include "task/statistics.h"
#include "task/uts.h"

struct new_utsname uts = {
	.sysname = "Linux",
	.nodename = "strix",
	.release = "6.1.0-strix",
	.version = "#1 Strix",
	.machine = "x86_64",
	.domainname = "(none)",
};

long sys_uname(user_address name)
{
	return user_put(name, &uts, sizeof(uts));
}

static long name_set(char *field, user_address from, int length)
{
	char name[__NEW_UTS_LEN + 1] = "";

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	/* The privilege is asked for first, as on Linux: EPERM wins over EINVAL. */
	if (length < 0 || length > __NEW_UTS_LEN)
		return -EINVAL;
	if (user_get(name, from, (size_t)length))
		return -EFAULT;
	memcpy(field, name, sizeof(name));
	return 0;
}

long sys_sethostname(user_address name, int length)
{
	return name_set(uts.nodename, name, length);
}

long sys_setdomainname(user_address name, int length)
{
	return name_set(uts.domainname, name, length);
}

long sys_sysinfo(user_address to)
{
	struct frame_statistics frames;
	struct task_statistics tasks;
	struct sysinfo info = { .mem_unit = 1 };

	frame_statistics_get(&frames);
	task_statistics_get(&tasks);
	/* Seconds begun, as Linux rounds up. */
	info.uptime = (int64_t)((clock_monotonic() + 999999999) / 1000000000);
	info.totalram = frames.total * PAGE_SIZE;
	info.freeram = frames.free * PAGE_SIZE;
	info.procs = (uint16_t)tasks.tasks;
	memcpy(info.loads, tasks.load, sizeof(info.loads));
	return user_put(to, &info, sizeof(info));
}

long sys_getrandom(user_address buffer, size_t count, int flags)
{
	uint8_t piece[256];
	size_t done = 0;

	if (flags & ~(GRND_NONBLOCK | GRND_RANDOM | GRND_INSECURE))
		return -EINVAL;
	if ((flags & (GRND_RANDOM | GRND_INSECURE)) == (GRND_RANDOM | GRND_INSECURE))
		return -EINVAL;
	count = min(count, (size_t)INT32_MAX & PAGE_MASK);
	while (done < count) {
		size_t now = min(count - done, sizeof(piece)), written;

		random_bytes(piece, now);
		written = user_write(buffer + done, piece, now);
		done += written;
		/* Large requests must be interruptible; up to 256 bytes come whole or not at all
		 * (getrandom(2)).  Looked for at each page, as on Linux. */
		if (written < now)
			break;
		if (done % PAGE_SIZE == 0) {
			task_yield_if_due();
			if (signal_pending(current))
				break;
		}
	}
	/* They may be keys: nothing of them stays on the kernel's stack. */
	memset(piece, 0, sizeof(piece));
	return done || !count ? (long)done : -EFAULT;
}

long sys_personality(unsigned int persona)
{
	uint32_t old = current->personality;

	/* All ones asks without changing (personality(2)). */
	if (persona != 0xffffffff)
		current->personality = persona;
	return old;
}
