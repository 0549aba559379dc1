/* SPDX-License-Identifier: MIT */
/*
 * proc_process_text.c - stat, statm, status and limits of a process, in the formats that ps, top
 * and libraries parse (proc(5)).  Times are in clock ticks of 1/100 s, memory in pages or KiB as
 * the format says.
 *
 * Values are read without stopping the process: each is right by itself, together they may be from
 * slightly different moments, as on Linux.
 *
 * Fields that have no meaning here are 0, and all are there: parsers count columns (stat has 52).
 * The command name in stat is in parentheses and may contain blanks and parentheses itself; who
 * parses it must look for the last one (proc(5)).
 *
 * Locks: none. Nothing here sleeps (text grows by krealloc(), which does not reclaim), so the
 * process's parts cannot go away in between.
 */
#include "abi/auxv.h"
#include "abi/errno.h"
#include "abi/sched.h"
#include "fs/procfs.h"
#include "lib/string.h"
#include "memory/address_space.h"
#include "task/clock.h"
#include "task/credentials.h"
#include "task/signal.h"

#define TICKS(nanoseconds) ((nanoseconds) / (NANOSECONDS / 100))
#define KIB(pages)	   ((pages) * (PAGE_SIZE / 1024))

/* proc(5), /proc/pid/stat (3).  Who sleeps where a signal does not end it is in 'D', disk sleep. */
static char state_letter(const struct process *process)
{
	const struct task *task = process->leader;

	if (process->state != PROCESS_ALIVE)
		return 'Z';
	if (task->state & TASK_STOPPED)
		return 'T';
	if (task->state & TASK_INTERRUPTIBLE)
		return 'S';
	return task->state & (TASK_UNINTERRUPTIBLE | TASK_KILLABLE) ? 'D' : 'R';
}

static const char *state_name(char letter)
{
	switch (letter) {
	case 'Z': return "zombie";
	case 'T': return "stopped";
	case 'S': return "sleeping";
	case 'D': return "disk sleep";
	default: return "running";
	}
}

/* 0: none, the first process's parent. */
static int parent_number(const struct process *process)
{
	return process->parent ? process->parent->pid->number : 0;
}

struct space_sizes { /* pages */
	uint64_t total, resident_anonymous, resident_cache, stack, text, data;
};

/* All 0 for a process without memory: a zombie, or a task of the kernel. */
static struct space_sizes space_sizes_of(const struct process *process)
{
	const struct address_space *space = process->leader->space;
	struct space_sizes sizes = { 0 };

	if (!space)
		return sizes;
	sizes.total = space->total_pages;
	sizes.resident_anonymous = space->resident[0];
	sizes.resident_cache = space->resident[1];
	sizes.text = (round_up(space->code_end, PAGE_SIZE) -
		      round_down(space->code_start, PAGE_SIZE)) >> PAGE_SHIFT;
	for (struct area *area = area_first((struct address_space *)space); area;
	     area = area_next(area)) {
		uint64_t pages = (area->end - area->start) >> PAGE_SHIFT;

		if (area->flags & AREA_STACK)
			sizes.stack += pages;
		/* With the stack: VmData in status is without it, and so takes it off again. */
		if ((area->flags & (AREA_WRITE | AREA_SHARED)) == AREA_WRITE)
			sizes.data += pages;
	}
	return sizes;
}

/* The sets that show in stat and status: 32 bits in stat, as Linux cuts them. */
struct signal_sets {
	uint64_t pending, shared, blocked, ignored, caught;
};

static struct signal_sets signal_sets_of(const struct process *process)
{
	const struct task *task = process->leader;
	struct signal_sets sets = { task->pending.set, process->shared_pending.set,
				    task->signal_mask, 0, 0 };

	for (int n = 1; task->actions && n <= 64; n++) {
		uint64_t handler = (uint64_t)task->actions->action[n - 1].sa_handler;

		if (handler == 1) /* SIG_IGN */
			sets.ignored |= (1UL << (n - 1));
		else if (handler != 0)
			sets.caught |= (1UL << (n - 1));
	}
	return sets;
}

/* Fields 1 to 9.  The flags are Linux's PF_ bits that ps knows: forked but did not exec,
 * randomised. */
static void show_stat_identity(const struct process *process, struct text *text)
{
	uint32_t device = 0;
	int foreground = -1;

	if (process->terminal)
		terminal_describe(process->terminal, &device, &foreground);
	text_printf(text, "%d (%s) %c %d %d %d %d %d %u ", process->pid->number,
		    process->leader->name, state_letter(process), parent_number(process),
		    process->group->number, process->session->number, (int)device, foreground,
		    process->has_execed ? 0x400000 : 0x400040);
}

/* Of all its tasks, the dead ones too: under the lock, since a task that ends moves its sums. */
static struct rusage_sums times_of(struct process *process)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock);
	struct rusage_sums sums;

	process_times(process, &sums);
	spinlock_release(&process_tree_lock, flags);
	return sums;
}

int proc_show_stat(struct process *process, struct text *text)
{
	const struct address_space *space = process->leader->space;
	static const struct address_space none;
	struct space_sizes sizes = space_sizes_of(process);
	struct signal_sets sets = signal_sets_of(process);
	struct rusage_sums own, *children = &process->children_sums;

	if (!space)
		space = &none;
	own = times_of(process);
	show_stat_identity(process, text);
	text_printf(text, "%lu %lu %lu %lu %lu %lu %ld %ld ", own.minor_faults,
		    children->minor_faults, own.major_faults, children->major_faults,
		    TICKS(own.user_time), TICKS(own.system_time),
		    (long)TICKS(children->user_time), (long)TICKS(children->system_time));
	text_printf(text, "%d %d %u 0 %lu %lu %lu %lu ", 40 - process->nice, 20 - process->nice,
		    process->task_count, TICKS(process->start_time), sizes.total * PAGE_SIZE,
		    sizes.resident_anonymous + sizes.resident_cache,
		    process->limits[RLIMIT_RSS].rlim_cur);
	text_printf(text, "%lu %lu %lu 0 0 %lu %lu %lu %lu 0 0 0 %d 0 0 0 0 0 0 ",
		    space->code_start, space->code_end, space->stack_top,
		    sets.pending & INT32_MAX, sets.blocked & INT32_MAX, sets.ignored & INT32_MAX,
		    sets.caught & INT32_MAX, process->exit_signal);
	text_printf(text, "%lu %lu %lu %lu %lu %lu %lu %d\n", space->data_start, space->data_end,
		    space->brk_start, space->argument_start, space->argument_end,
		    space->environment_start, space->environment_end, process->wait_status);
	return 0;
}

int proc_show_statm(struct process *process, struct text *text)
{
	struct space_sizes sizes = space_sizes_of(process);

	text_printf(text, "%lu %lu %lu %lu 0 %lu 0\n", sizes.total,
		    sizes.resident_anonymous + sizes.resident_cache, sizes.resident_cache,
		    sizes.text, sizes.data);
	return 0;
}

/* A newline in a name would look like a field of its own: it is escaped, and so is the
 * backslash. */
static void show_name_on_one_line(const char *name, struct text *text)
{
	for (; *name; name++) {
		if (*name == '\n')
			text_printf(text, "\\n");
		else if (*name == '\\')
			text_printf(text, "\\\\");
		else
			text_append(text, name, 1);
	}
	text_printf(text, "\n");
}

/* Until "NSsid", and for a process that is about to end until "TracerPid": it has no
 * credentials. */
static void show_status_identity(const struct process *process, struct text *text)
{
	const struct credentials *as = process->leader->credentials;
	char letter = state_letter(process);

	text_printf(text, "Name:\t");
	show_name_on_one_line(process->leader->name, text);
	if (process->leader->fs)
		text_printf(text, "Umask:\t%04o\n", process->leader->fs->umask);
	text_printf(text, "State:\t%c (%s)\nTgid:\t%d\nNgid:\t0\nPid:\t%d\nPPid:\t%d\n"
			  "TracerPid:\t0\n",
		    letter, state_name(letter), process->pid->number, process->pid->number,
		    parent_number(process));
	if (!as)
		return;
	text_printf(text, "Uid:\t%u\t%u\t%u\t%u\nGid:\t%u\t%u\t%u\t%u\nFDSize:\t64\nGroups:\t",
		    as->uid, as->euid, as->suid, as->fsuid, as->gid, as->egid, as->sgid,
		    as->fsgid);
	for (uint32_t i = 0; i < as->group_count; i++)
		text_printf(text, "%u ", as->groups[i]);
	text_printf(text, "\nNStgid:\t%d\nNSpid:\t%d\nNSpgid:\t%d\nNSsid:\t%d\n",
		    process->pid->number, process->pid->number, process->group->number,
		    process->session->number);
}

/* No Vm lines at all for who has no memory, as on Linux: programs tell kernel threads by that. */
static void show_status_memory(const struct process *process, struct text *text)
{
	const struct address_space *space = process->leader->space;
	struct space_sizes sizes = space_sizes_of(process);
	uint64_t resident = sizes.resident_anonymous + sizes.resident_cache;

	if (!space)
		return;
	text_printf(text, "VmPeak:\t%8lu kB\nVmSize:\t%8lu kB\nVmLck:\t%8lu kB\n"
			  "VmPin:\t%8u kB\nVmHWM:\t%8lu kB\nVmRSS:\t%8lu kB\n",
		    KIB(max(space->peak_total, sizes.total)), KIB(sizes.total),
		    KIB(space->locked_pages), 0, KIB(address_space_peak(space)),
		    KIB(resident));
	text_printf(text, "RssAnon:\t%8lu kB\nRssFile:\t%8lu kB\nRssShmem:\t%8u kB\n"
			  "VmData:\t%8lu kB\nVmStk:\t%8lu kB\nVmExe:\t%8lu kB\n"
			  "VmLib:\t%8u kB\nVmPTE:\t%8lu kB\nVmSwap:\t%8u kB\n",
		    KIB(sizes.resident_anonymous), KIB(sizes.resident_cache), 0,
		    KIB(sizes.data - min(sizes.data, sizes.stack)), KIB(sizes.stack),
		    KIB(sizes.text), 0, KIB(address_space_tables(process->leader->space)), 0);
}

int proc_show_status(struct process *process, struct text *text)
{
	struct signal_sets sets = signal_sets_of(process);
	const struct credentials *as = process->leader->credentials;
	struct rusage_sums own;

	own = times_of(process);
	show_status_identity(process, text);
	show_status_memory(process, text);
	text_printf(text, "Threads:\t%u\nSigQ:\t0/%lu\n", process->task_count,
		    process->limits[RLIMIT_SIGPENDING].rlim_cur);
	text_printf(text, "SigPnd:\t%016lx\nShdPnd:\t%016lx\nSigBlk:\t%016lx\nSigIgn:\t%016lx\n"
			  "SigCgt:\t%016lx\n",
		    sets.pending, sets.shared, sets.blocked, sets.ignored, sets.caught);
	if (as)
		text_printf(text, "CapInh:\t%016lx\nCapPrm:\t%016lx\nCapEff:\t%016lx\n"
				  "CapBnd:\t%016lx\nCapAmb:\t%016lx\n",
			    as->inheritable, as->permitted, as->effective, as->bounding,
			    as->ambient);
	text_printf(text, "NoNewPrivs:\t%d\nSeccomp:\t0\nCpus_allowed:\t1\n"
			  "Cpus_allowed_list:\t0\nvoluntary_ctxt_switches:\t%lu\n"
			  "nonvoluntary_ctxt_switches:\t%lu\n",
		    process->leader->no_new_rights, own.voluntary_switches,
		    own.involuntary_switches);
	return 0;
}

/* ---- limits ---- */

static const struct { const char *name, *unit; } limit_names[RLIM_NLIMITS] = {
	[RLIMIT_CPU] = { "Max cpu time", "seconds" },
	[RLIMIT_FSIZE] = { "Max file size", "bytes" },
	[RLIMIT_DATA] = { "Max data size", "bytes" },
	[RLIMIT_STACK] = { "Max stack size", "bytes" },
	[RLIMIT_CORE] = { "Max core file size", "bytes" },
	[RLIMIT_RSS] = { "Max resident set", "bytes" },
	[RLIMIT_NPROC] = { "Max processes", "processes" },
	[RLIMIT_NOFILE] = { "Max open files", "files" },
	[RLIMIT_MEMLOCK] = { "Max locked memory", "bytes" },
	[RLIMIT_AS] = { "Max address space", "bytes" },
	[RLIMIT_LOCKS] = { "Max file locks", "locks" },
	[RLIMIT_SIGPENDING] = { "Max pending signals", "signals" },
	[RLIMIT_MSGQUEUE] = { "Max msgqueue size", "bytes" },
	[RLIMIT_NICE] = { "Max nice priority", "" },
	[RLIMIT_RTPRIO] = { "Max realtime priority", "" },
	[RLIMIT_RTTIME] = { "Max realtime timeout", "us" },
};

/* One column, soft or hard, of the table's fixed width. */
static void show_limit(struct text *text, uint64_t limit)
{
	if (limit == RLIM_INFINITY)
		text_printf(text, "%-20s ", "unlimited");
	else
		text_printf(text, "%-20lu ", limit);
}

int proc_show_limits(struct process *process, struct text *text)
{
	text_printf(text, "%-25s %-20s %-20s %-10s\n", "Limit", "Soft Limit", "Hard Limit",
		    "Units");
	for (unsigned i = 0; i < RLIM_NLIMITS; i++) {
		assert(limit_names[i].name && limit_names[i].unit);
		text_printf(text, "%-25s ", limit_names[i].name);
		show_limit(text, process->limits[i].rlim_cur);
		show_limit(text, process->limits[i].rlim_max);
		text_printf(text, "%-10s\n", limit_names[i].unit);
	}
	return 0;
}
