/* SPDX-License-Identifier: MIT */
/*
 * exec_commit.c - the point of no return: the task leaves its old program for good.
 *
 * First all that can fail (new credentials), then the swap of address spaces, then
 * what a program does not inherit: handlers, close-on-exec descriptors, the FPU's state, TLS, the
 * robust list.  What it keeps: pid, descriptors, ignored signals, the mask, times, limits.
 */
#include "abi/errno.h"
#include "abi/prctl.h"
#include "abi/stat.h"
#include "lib/string.h"
#include "loader/exec.h"
#include "loader/program.h"
#include "task/credentials.h"
#include "task/process.h"

#define ALL_CAPABILITIES ((1UL << (CAP_LAST_CAP + 1)) - 1)

/*
 * Who the program will act as: set-user-ID and set-group-ID of the file, saved IDs equal to the
 * effective ones, capabilities as capabilities(7) says for files without their own.
 */
static struct credentials *credentials_for(struct program *program)
{
	const struct executable *file = &program->executable;
	struct credentials *fresh = credentials_copy(current->credentials);

	if (!fresh)
		return NULL;
	if (file->may_set_id && (file->mode & S_ISUID))
		fresh->euid = file->uid;
	if (file->may_set_id && (file->mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP))
		fresh->egid = file->gid;
	program->secure = fresh->euid != fresh->uid || fresh->egid != fresh->gid;
	fresh->suid = fresh->fsuid = fresh->euid;
	fresh->sgid = fresh->fsgid = fresh->egid;
	if (fresh->euid == 0 || fresh->uid == 0)
		fresh->permitted = fresh->inheritable | (fresh->bounding & ALL_CAPABILITIES);
	else
		fresh->permitted = fresh->ambient;
	fresh->effective = fresh->euid == 0 ? fresh->permitted : fresh->ambient;
	return fresh;
}

/* Most programs act as who ran them, without rights to lose: then nothing need be replaced. */
static bool credentials_stay(const struct program *program)
{
	const struct credentials *now = current->credentials;

	return !(program->executable.mode & (S_ISUID | S_ISGID)) && now->euid == now->uid &&
	       now->suid == now->uid && now->fsuid == now->uid && now->egid == now->gid &&
	       now->sgid == now->gid && now->fsgid == now->gid &&
	       now->effective == now->permitted &&
	       now->permitted == (now->uid ? now->ambient : now->inheritable | now->bounding);
}

static void space_swap(struct program *program)
{
	struct address_space *old = current->space;

	if (old)
		task_leave_space(current);
	program->space->executable = program->executable.file; /* with our count */
	current->space = program->space;
	address_space_activate(program->space);
	if (old)
		address_space_put(old);
}

/* The task's name: the last component of what was run. */
static void name_set(const char *path)
{
	const char *slash = strrchr(path, '/');

	string_copy(current->name, slash ? slash + 1 : path, sizeof(current->name));
}

static void machine_state_reset(void)
{
	fpu_area_reset(current->fpu);
	fpu_restore(current->fpu);
	fs_base_set(0);
	user_gs_base_set(0);
	current->fs_base = current->gs_base = 0;
}

int program_commit(struct program *program)
{
	struct credentials *fresh = NULL;

	assert(!program->committed);
	if (!credentials_stay(program)) {
		fresh = credentials_for(program);
		if (!fresh)
			return -ENOMEM;
	}
	/* cannot fail from here */
	program->committed = true;
	space_swap(program);
	if (fresh)
		credentials_commit(fresh);
	machine_state_reset();
	signal_exec(current);
	files_close_on_exec();
	name_set(program->name);
	if (program->secure)
		current->parent_death_signal = 0;
	current_process()->exit_signal = SIGCHLD;
	current_process()->has_execed = true;
	return 0;
}
