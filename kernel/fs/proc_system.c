/* SPDX-License-Identifier: MIT */
/*
 * proc_system.c - what /proc tells of the machine and the kernel as a whole: meminfo, cpuinfo,
 * stat, uptime, loadavg, cmdline, devices, slabinfo, swaps (proc(5)).
 *
 * The formats are Linux's, down to the columns: free, top, uptime and scripts parse them.
 *
 * Nothing here is kept: each figure is asked for when the file is read, from whoever counts it. No
 * locks are held over more than one question, so figures of one file may be from slightly
 * different moments.
 *
 * SReclaimable are the slabs of caches that reclaim looks through, in use or not, as on Linux, and
 * MemAvailable counts half of them; no page of a file in memory can be given up.
 */
#include "abi/errno.h"
#include "abi/utsname.h"
#include "fs/char_device.h"
#include "fs/procfs.h"
#include "lib/command_line.h"
#include "lib/printf.h"
#include "lib/string.h"
#include "memory/heap.h"
#include "task/clock.h"
#include "task/statistics.h"

#define TICKS(nanoseconds) ((nanoseconds) / (NANOSECONDS / 100))
#define KIB(frames)	   ((frames) * (PAGE_SIZE / 1024))

/* The numbers end in one column, as free(1) and people expect; all are KiB, whatever "kB" says. */
static void meminfo_line(struct text *text, const char *name, uint64_t kib)
{
	text_printf(text, "%s:", name);
	text_printf(text, "%*lu kB\n", (int)(23 - strlen(name)), kib);
}

/* By slabs, not objects: a slab with one object in use is counted whole. */
static uint64_t reclaimable_frames(void)
{
	uint64_t frames = 0;

	for (struct slab_cache *cache = NULL; (cache = slab_cache_next(cache));)
		if (cache->reclaimable)
			frames += cache->slabs << cache->order;
	return frames;
}

static int show_meminfo(struct text *text)
{
	uint64_t cache, anonymous, reclaimable = reclaimable_frames();
	struct frame_statistics frames;

	frame_statistics_get(&frames);
	cache = KIB(frames.by_kind[FRAME_CACHE]);
	anonymous = KIB(frames.by_kind[FRAME_ANONYMOUS]);
	meminfo_line(text, "MemTotal", KIB(frames.total));
	meminfo_line(text, "MemFree", KIB(frames.free));
	meminfo_line(text, "MemAvailable", KIB(frames.free + reclaimable / 2));
	meminfo_line(text, "Buffers", 0);
	meminfo_line(text, "Cached", cache);
	meminfo_line(text, "SwapCached", 0);
	meminfo_line(text, "Active", anonymous);
	meminfo_line(text, "Inactive", cache);
	meminfo_line(text, "SwapTotal", 0);
	meminfo_line(text, "SwapFree", 0);
	meminfo_line(text, "Dirty", 0);
	meminfo_line(text, "Writeback", 0);
	meminfo_line(text, "AnonPages", anonymous);
	meminfo_line(text, "Mapped", 0);
	meminfo_line(text, "Shmem", cache); /* every cache is memory's own: tmpfs */
	meminfo_line(text, "Slab", KIB(frames.by_kind[FRAME_SLAB]));
	meminfo_line(text, "SReclaimable", KIB(reclaimable));
	meminfo_line(text, "SUnreclaim", KIB(frames.by_kind[FRAME_SLAB] - reclaimable));
	meminfo_line(text, "PageTables", KIB(frames.by_kind[FRAME_PAGE_TABLE]));
	return 0;
}

/* One processor, with the features that the kernel needs or uses: programs ask CPUID themselves. */
static int show_cpuinfo(struct text *text)
{
	const struct cpu_features *cpu = &cpu_features;

	text_printf(text, "processor\t: 0\nvendor_id\t: %s\ncpu family\t: %u\nmodel\t\t: %u\n",
		    cpu->vendor, cpu->family, cpu->model_number);
	text_printf(text, "model name\t: %s\nstepping\t: %u\ncpu MHz\t\t: %lu.%03lu\n", cpu->model,
		    cpu->stepping, tsc_hertz / 1000000, tsc_hertz / 1000 % 1000);
	text_printf(text, "physical id\t: 0\nsiblings\t: 1\ncore id\t\t: 0\ncpu cores\t: 1\n"
			  "fpu\t\t: yes\nfpu_exception\t: yes\nwp\t\t: yes\nflags\t\t:");
	text_printf(text, " fpu tsc msr pae cx8 apic cmov fxsr sse sse2 syscall%s%s%s%s%s%s lm\n",
		    cpu->nx ? " nx" : "", cpu->smep ? " smep" : "", cpu->smap ? " smap" : "",
		    cpu->umip ? " umip" : "", cpu->rdrand ? " rdrand" : "",
		    cpu->erms ? " erms" : "");
	text_printf(text, "bogomips\t: %lu.%02lu\nclflush size\t: 64\n"
			  "address sizes\t: %lu bits physical, 48 bits virtual\n\n",
		    tsc_hertz / 500000, tsc_hertz / 5000 % 100, cpu->physical_bits);
	return 0;
}

/* user nice system idle iowait irq softirq steal guest guest_nice: what is not told apart is 0. */
static void show_cpu_line(struct text *text, const char *name,
			  const struct task_statistics *statistics)
{
	uint64_t user, system;

	task_times_get(&user, &system);
	text_printf(text, "%s %lu 0 %lu %lu 0 0 0 0 0 0\n", name, TICKS(user), TICKS(system),
		    TICKS(statistics->idle_time));
}

static int show_stat(struct text *text)
{
	struct task_statistics statistics;

	task_statistics_get(&statistics);
	show_cpu_line(text, "cpu ", &statistics);
	show_cpu_line(text, "cpu0", &statistics);
	text_printf(text, "intr %lu\nctxt %lu\nbtime %lu\nprocesses %lu\nprocs_running %u\n"
			  "procs_blocked 0\n",
		    this_cpu()->interrupts, statistics.switches,
		    (clock_realtime() - clock_monotonic()) / NANOSECONDS, statistics.forks,
		    statistics.runnable);
	return 0;
}

/* Seconds since boot, and those spent idle. */
static int show_uptime(struct text *text)
{
	struct task_statistics statistics;
	uint64_t up = TICKS(clock_monotonic()), idle;

	task_statistics_get(&statistics);
	idle = TICKS(statistics.idle_time);
	text_printf(text, "%lu.%02lu %lu.%02lu\n", up / 100, up % 100, idle / 100, idle % 100);
	return 0;
}

/* Fixed-point numbers with 16 bits behind the point; two digits are shown, rounded. */
static int show_loadavg(struct text *text)
{
	struct task_statistics statistics;

	task_statistics_get(&statistics);
	for (int i = 0; i < 3; i++) {
		uint64_t load = statistics.load[i] + (1 << 16) / 200;

		text_printf(text, "%lu.%02lu ", load >> 16, ((load & 0xffff) * 100) >> 16);
	}
	text_printf(text, "%u/%u %d\n", statistics.runnable, statistics.tasks, pid_last());
	return 0;
}

static int show_cmdline(struct text *text)
{
	text_printf(text, "%s\n", command_line_text());
	return 0;
}

static bool device_is_before(const struct char_device *a, const struct char_device *b)
{
	return a->major < b->major || (a->major == b->major && a->minor < b->minor);
}

/* The device with the next number after `last` (NULL: the first), or NULL. */
static const struct char_device *device_after(const struct char_device *last)
{
	const struct char_device *next = NULL;
	struct char_device **each;

	registry_for_each(char_device, each)
		if ((!last || device_is_before(last, *each)) &&
		    (!next || device_is_before(*each, next)))
			next = *each;
	return next;
}

/* A line for each major number and driver, by number. */
static int show_devices(struct text *text)
{
	const struct char_device *device, *last = NULL;

	text_printf(text, "Character devices:\n");
	for (; (device = device_after(last)); last = device)
		if (!last || device->major != last->major ||
		    strcmp(device->driver, last->driver) != 0)
			text_printf(text, "%3u %s\n", device->major, device->driver);
	text_printf(text, "\nBlock devices:\n");
	return 0;
}

/* slabinfo(5).  For root alone, as on Linux: it tells how the kernel's memory is laid out. */
static int show_slabinfo(struct text *text)
{
	struct slab_cache *cache;

	text_printf(text, "slabinfo - version: 2.1\n# name            <active_objs> <num_objs> "
			  "<objsize> <objperslab> <pagesperslab>\n");
	for (cache = slab_cache_next(NULL); cache; cache = slab_cache_next(cache))
		text_printf(text, "%-17s %6lu %6lu %6u %4u %4u\n", cache->name, cache->used,
			    cache->slabs * cache->per_slab, cache->size, cache->per_slab,
			    1u << cache->order);
	return 0;
}

/* The head of a table without entries: nothing is ever swapped. */
static int show_swaps(struct text *text)
{
	text_printf(text, "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n");
	return 0;
}

static struct proc_entry meminfo = { .path = "meminfo", .show = show_meminfo };
static struct proc_entry cpuinfo = { .path = "cpuinfo", .show = show_cpuinfo };
static struct proc_entry stat = { .path = "stat", .show = show_stat };
static struct proc_entry uptime = { .path = "uptime", .show = show_uptime };
static struct proc_entry loadavg = { .path = "loadavg", .show = show_loadavg };
static struct proc_entry cmdline = { .path = "cmdline", .show = show_cmdline };
static struct proc_entry devices = { .path = "devices", .show = show_devices };
static struct proc_entry slabinfo = { .path = "slabinfo", .mode = 0400, .show = show_slabinfo };
static struct proc_entry swaps = { .path = "swaps", .show = show_swaps };

REGISTER(proc_entry, meminfo);
REGISTER(proc_entry, cpuinfo);
REGISTER(proc_entry, stat);
REGISTER(proc_entry, uptime);
REGISTER(proc_entry, loadavg);
REGISTER(proc_entry, cmdline);
REGISTER(proc_entry, devices);
REGISTER(proc_entry, slabinfo);
REGISTER(proc_entry, swaps);
