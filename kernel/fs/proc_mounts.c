/* SPDX-License-Identifier: MIT */
/*
 * proc_mounts.c - /proc/PID/mounts and mountinfo, and /proc/filesystems (proc(5), fstab(5)).
 *
 * Mounts are listed in mount order, as seen from the process's root; what lies outside it is left
 * out.  Locks: mounts_lock, while the list is walked.
 *
 * mounts has fstab's six fields; mountinfo begins with ids and has the file system behind " - ".
 * Blanks in names are octal escapes, since fields are separated by blanks (getmntent(3)).
 */
#include "abi/errno.h"
#include "abi/mount.h"
#include "fs/procfs.h"
#include "memory/heap.h"

#define ESCAPED " \t\n#"

static const struct { unsigned flag; const char *name; } mount_flag_names[] = {
	{ MS_NOSUID, "nosuid" },	 { MS_NODEV, "nodev" },
	{ MS_NOEXEC, "noexec" },	 { MS_NOATIME, "noatime" },
	{ MS_NODIRATIME, "nodiratime" }, { MS_RELATIME, "relatime" },
};

/* The mount's own flags, in Linux's order: programs search the text. */
static void show_mount_flags(const struct mount *mount, struct text *text)
{
	text_printf(text, mount->flags & MS_RDONLY ? "ro" : "rw");
	for (size_t i = 0; i < array_size(mount_flag_names); i++)
		if (mount->flags & mount_flag_names[i].flag)
			text_printf(text, ",%s", mount_flag_names[i].name);
}

/* The file system's, which begin with a comma. */
static void show_options(const struct mount *mount, struct text *text)
{
	const struct superblock *superblock = mount->superblock;
	char options[128] = "";

	if (superblock->ops->show_options)
		superblock->ops->show_options(mount->superblock, options, sizeof(options));
	text_printf(text, "%s", options);
}

/* The mount point's name seen from the process's root, or NULL when it is not below it. */
static const char *mount_point_name(const struct mount *mount, const struct path *root,
				    char *buffer)
{
	struct path at = { (struct mount *)mount, mount->root };
	bool reachable;
	char *name = path_name(&at, root, buffer, PATH_MAX, false, &reachable);

	return reachable ? name : NULL;
}

static void show_mounts_line(const struct mount *mount, const char *point, struct text *text)
{
	text_append_escaped(text, mount->source ? mount->source : "none", ESCAPED);
	text_printf(text, " ");
	text_append_escaped(text, point, ESCAPED);
	text_printf(text, " %s ", mount->superblock->type->name);
	show_mount_flags(mount, text);
	show_options(mount, text);
	text_printf(text, " 0 0\n");
}

/* proc(5), /proc/pid/mountinfo: no optional fields, so " - " comes right behind the mount's
 * flags. */
static void show_mountinfo_line(const struct mount *mount, const char *point, struct text *text)
{
	uint64_t device = mount->superblock->device;

	text_printf(text, "%d %d %lu:%lu / ", mount->id, mount->parent_id, device >> 8 & 0xfff,
		    (device & 0xff) | (device >> 12 & 0xfff00));
	text_append_escaped(text, point, ESCAPED);
	text_printf(text, " ");
	show_mount_flags(mount, text);
	text_printf(text, " - %s ", mount->superblock->type->name);
	text_append_escaped(text, mount->source ? mount->source : "none", ESCAPED);
	text_printf(text, " %s", mount->superblock->flags & MS_RDONLY ? "ro" : "rw");
	show_options(mount, text);
	text_printf(text, "\n");
}

/* A line for each mount that the process can reach. */
static int show_all(struct process *process, struct text *text,
		    void (*line)(const struct mount *, const char *, struct text *))
{
	struct fs_context *fs = process->leader->fs;
	struct path root;
	struct mount *mount;
	char *buffer;

	if (!fs)
		return -EINVAL; /* a zombie's, as on Linux */
	buffer = kmalloc(PATH_MAX);
	if (!buffer)
		return -ENOMEM;
	root = fs->root;
	/* Counted before anything sleeps: the process may chroot or end. */
	path_get(&root);
	mutex_acquire(&mounts_lock);
	list_for_each(mount, &all_mounts, link) {
		const char *point = mount_point_name(mount, &root, buffer);

		if (point)
			line(mount, point, text);
	}
	mutex_release(&mounts_lock);
	path_put(&root);
	kfree(buffer);
	return 0;
}

int proc_show_mounts(struct process *process, struct text *text)
{
	return show_all(process, text, show_mounts_line);
}

int proc_show_mountinfo(struct process *process, struct text *text)
{
	return show_all(process, text, show_mountinfo_line);
}

/* proc(5): "nodev" for what needs no block device; mount(8) tries the others. */
static int show_filesystems(struct text *text)
{
	struct file_system **each;

	registry_for_each(file_system, each)
		text_printf(text, "%s\t%s\n", (*each)->needs_device ? "" : "nodev", (*each)->name);
	return 0;
}

static struct proc_entry filesystems = { .path = "filesystems", .show = show_filesystems };
REGISTER(proc_entry, filesystems);
