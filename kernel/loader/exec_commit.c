/* SPDX-License-Identifier: MIT */
/*
 * exec_commit.c - the point of no return: the task leaves its old program for good.
 *
 * First all that can fail (new credentials), then the swap of address spaces, then
 * what a program does not inherit: handlers, close-on-exec descriptors, the FPU's state, TLS, the
 * robust list.  What it keeps: pid, descriptors, ignored signals, the mask, times, limits.
 *
 * Who may call: a format, once, when nothing that is left to do depends on the old program. The
 * old space goes at once, unless others share it (vfork's parent, which is woken here).
 *
 * What is not inherited and what is: execve(2), "Effect on process attributes".
 */
#include "abi/errno.h"
#include "abi/prctl.h"
#include "abi/stat.h"
#include "lib/string.h"
#include "loader/exec.h"
#include "loader/program.h"
#include "task/credentials.h"
#include "task/process.h"

#define SECURE_STACK_LIMIT (8 << 20)

#define ALL_CAPABILITIES ((1UL << (CAP_LAST_CAP + 1)) - 1)

/* The file's bits, where they are to be honoured. */
static void set_ids_apply(struct program *program, struct credentials *fresh)
{
	const struct executable *file = &program->executable;
	bool gid_set = (file->mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP);

	if (!file->may_set_id || current->no_new_rights)
		return;
	if (file->mode & S_ISUID)
		fresh->euid = file->uid;
	if (gid_set)
		fresh->egid = file->gid;
	program->sets_ids = gid_set || (file->mode & S_ISUID);
}

/*
 * Who must not gain: a task with PR_SET_NO_NEW_PRIVS, and one whose current directory or root
 * others can change under the program's feet (CLONE_FS); but who may set his user id would not need
 * the file, and gets that.
 */
static bool may_gain_rights(void)
{
	return !current->no_new_rights && !fs_context_is_shared();
}

static void rights_keep_old(struct credentials *fresh)
{
	if (current->no_new_rights || !capable(CAP_SETUID)) {
		fresh->euid = fresh->uid;
		fresh->egid = fresh->gid;
	}
	fresh->permitted &= current->credentials->permitted;
}

/*
 * Who the program will act as: set-user-ID and set-group-ID of the file, saved IDs equal to the
 * effective ones, capabilities as capabilities(7) says for files without their own.
 */
static struct credentials *credentials_for(struct program *program)
{
	struct credentials *fresh = credentials_copy(current->credentials);
	bool effective;

	if (!fresh)
		return NULL;
	set_ids_apply(program, fresh);
	effective = fresh->euid == 0;
	if (fresh->euid == 0 || fresh->uid == 0)
		fresh->permitted = fresh->inheritable | (fresh->bounding & ALL_CAPABILITIES);
	else
		fresh->permitted = 0;
	program->secure = fresh->euid != fresh->uid || fresh->egid != fresh->gid;
	fresh->securebits &= ~SECBIT_KEEP_CAPS;
	if (!may_gain_rights() &&
	    (program->secure || (fresh->permitted & ~current->credentials->permitted)))
		rights_keep_old(fresh);
	fresh->suid = fresh->fsuid = fresh->euid;
	fresh->sgid = fresh->fsgid = fresh->egid;
	if (program->secure)
		fresh->ambient = 0;
	fresh->permitted |= fresh->ambient;
	fresh->effective = effective ? fresh->permitted : fresh->ambient;
	return fresh;
}

/* Most programs act as who ran them, without rights to lose: then nothing need be replaced. */
static bool credentials_stay(const struct program *program)
{
	const struct credentials *now = current->credentials;

	return !(program->executable.mode & (S_ISUID | S_ISGID)) && now->euid == now->uid &&
	       now->suid == now->uid && now->fsuid == now->uid && now->egid == now->gid &&
	       now->sgid == now->gid && now->fsgid == now->gid &&
	       !(now->securebits & SECBIT_KEEP_CAPS) && now->effective == now->permitted &&
	       now->permitted == (now->uid ? now->ambient : now->inheritable | now->bounding);
}

static void space_swap(struct program *program)
{
	const struct credentials *own = current->credentials; /* still the caller's */
	struct address_space *old = current->space;

	program->space->undumpable = program->executable.unreadable || own->euid != own->uid ||
				     own->egid != own->gid;

	if (old)
		task_leave_space(current);
	assert(!program->space->executable && program->space->count == 1);
	program->space->executable = program->executable.file; /* with our count */
	/* Before the old one is put: /proc and the OOM killer look at current->space in between. */
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

/* What user registers are not in the frame.  The area and the registers both: the next switch may
 * save or load. */
static void machine_state_reset(void)
{
	fpu_area_reset(current->fpu);
	fpu_restore(current->fpu);
	fs_base_set(0);
	user_gs_base_set(0);
	current->fs_base = current->gs_base = 0;
}

/* What could trick a program that has other rights than its caller is not inherited. */
static void rights_gained(struct program *program)
{
	struct rlimit *stack = &current_process()->limits[RLIMIT_STACK];

	if (program->sets_ids) {
		current->personality &= ~PER_CLEAR_ON_SETID;
		layout_choose_again(program);
	}
	if (!program->secure)
		return;
	current->parent_death_signal = 0;
	stack->rlim_cur = min(stack->rlim_cur, (uint64_t)SECURE_STACK_LIMIT);
}

int program_commit(struct program *program)
{
	struct credentials *fresh = NULL;

	assert(!program->committed && program->space && program->executable.cache);
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
	rights_gained(program);
	current_process()->exit_signal = SIGCHLD;
	current_process()->has_execed = true;
	return 0;
}
