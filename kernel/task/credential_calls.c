/* SPDX-License-Identifier: MIT */
/*
 * credential_calls.c - the calls that ask for and change users and groups (credentials(7)).
 *
 * Users and groups follow one rule: who has CAP_SETUID (CAP_SETGID) may set anything, others only
 * choose among their real, effective and saved one.  -1 means "as it is".  What differs is that a
 * change of users takes capabilities along (capabilities(7), "Effect of user ID changes").
 *
 * Errors: EPERM when the rule forbids it, EINVAL for -1 where one id must be given, EAGAIN when
 * there is no memory to count the new user, ENOMEM. What RLIMIT_NPROC allows is not asked here,
 * but at the next fork or exec, as since Linux 3.1.
 *
 * Locks: a task's credentials are written by itself only and are replaced whole; the user that a
 * process counts for changes under process_tree_lock.
 */
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "memory/heap.h"
#include "memory/user_copy.h"
#include "task/credentials.h"
#include "task/process.h"
#include "task/user.h"

#define UNCHANGED ((uint32_t)-1)
/* What acting as another user on files needs: CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID
 * LINUX_IMMUTABLE MKNOD MAC_OVERRIDE. */
#define FILE_CAPABILITIES 0x10800021fUL

struct ids {
	uint32_t real, effective, saved, fs;
};

enum ids_kind { USERS, GROUPS };

static struct ids ids_of(const struct credentials *of, enum ids_kind kind)
{
	if (kind == USERS)
		return (struct ids){ of->uid, of->euid, of->suid, of->fsuid };
	return (struct ids){ of->gid, of->egid, of->sgid, of->fsgid };
}

static bool ids_privileged(enum ids_kind kind)
{
	return capable(kind == USERS ? CAP_SETUID : CAP_SETGID);
}

static bool has_root(const struct ids *ids)
{
	return ids->real == 0 || ids->effective == 0 || ids->saved == 0;
}

static void capabilities_follow(struct credentials *fresh, const struct ids *old,
				const struct ids *ids)
{
	/* The last id 0 is given up: all is lost, and nothing can bring it back (daemons rely on
	 * it), unless PR_SET_KEEPCAPS has asked for the rights to stay at hand. */
	if (has_root(old) && !has_root(ids)) {
		if (!(fresh->securebits & SECBIT_KEEP_CAPS))
			fresh->permitted = fresh->effective = 0;
		fresh->ambient = 0;
	}
	/* Temporarily another user: permitted stays, so that seteuid(0) can return to it. */
	if (old->effective == 0 && ids->effective != 0)
		fresh->effective = 0;
	if (old->effective != 0 && ids->effective == 0)
		fresh->effective = fresh->permitted;
	/* setfsuid alone: what a file server needs to act on files as its client, and no more. */
	if (old->fs == 0 && ids->fs != 0)
		fresh->effective &= ~FILE_CAPABILITIES;
	if (old->fs != 0 && ids->fs == 0)
		fresh->effective |= fresh->permitted & FILE_CAPABILITIES;
}

/* The process counts for another user from now on (RLIMIT_NPROC). */
static int process_change_user(uint32_t uid)
{
	struct process *process = current_process();
	struct user *user = user_find(uid), *old = process->user;
	uint64_t flags;

	if (!user)
		return -EAGAIN;
	flags = spinlock_acquire(&process_tree_lock);
	/* Join before leave: if both are one user, it must not be freed in between. */
	user_join(user);
	process->user = user;
	user_leave(old);
	spinlock_release(&process_tree_lock, flags);
	return 0;
}

static long ids_commit(enum ids_kind kind, const struct ids *ids)
{
	struct ids old = ids_of(current->credentials, kind);
	struct credentials *fresh;
	int error = 0;

	if (old.real == ids->real && old.effective == ids->effective &&
	    old.saved == ids->saved && old.fs == ids->fs)
		return 0;
	fresh = credentials_copy(current->credentials);
	if (!fresh)
		return -ENOMEM;
	/* Last step that can fail: after it the process counts for the new user already. */
	if (kind == USERS && ids->real != old.real)
		error = process_change_user(ids->real);
	if (error) {
		credentials_put(fresh);
		return error;
	}
	if (kind == USERS) {
		fresh->uid = ids->real;
		fresh->euid = ids->effective;
		fresh->suid = ids->saved;
		fresh->fsuid = ids->fs;
		capabilities_follow(fresh, &old, ids);
	} else {
		fresh->gid = ids->real;
		fresh->egid = ids->effective;
		fresh->sgid = ids->saved;
		fresh->fsgid = ids->fs;
	}
	credentials_commit(fresh);
	return 0;
}

/* ---- setuid, setreuid, setresuid, setfsuid, and the same for groups ---- */

static long id_set(enum ids_kind kind, uint32_t id)
{
	struct ids ids = ids_of(current->credentials, kind);

	if (id == UNCHANGED)
		return -EINVAL;
	/* setuid(2): with the privilege all three change, so that there is no way back; without it
	 * only the effective one does, and the saved one stays to return to. */
	if (ids_privileged(kind))
		ids.real = ids.saved = id;
	else if (id != ids.real && id != ids.saved)
		return -EPERM;
	ids.effective = ids.fs = id;
	return ids_commit(kind, &ids);
}

static bool is_one_of(const struct ids *ids, uint32_t id)
{
	return id == UNCHANGED || id == ids->real || id == ids->effective || id == ids->saved;
}

static long id_set_pair(enum ids_kind kind, uint32_t real, uint32_t effective)
{
	struct ids old = ids_of(current->credentials, kind), ids = old;

	if (!ids_privileged(kind) &&
	    ((real != UNCHANGED && real != old.real && real != old.effective) ||
	     !is_one_of(&old, effective)))
		return -EPERM;
	if (real != UNCHANGED)
		ids.real = real;
	if (effective != UNCHANGED)
		ids.effective = effective;
	/* setreuid(2): the saved id follows whenever the real one was set, or the effective one
	 * became something else than the old real one. */
	if (real != UNCHANGED || (effective != UNCHANGED && effective != old.real))
		ids.saved = ids.effective;
	ids.fs = ids.effective;
	return ids_commit(kind, &ids);
}

static long id_set_all(enum ids_kind kind, uint32_t real, uint32_t effective, uint32_t saved)
{
	struct ids old = ids_of(current->credentials, kind), ids = old;

	if (!ids_privileged(kind) && !(is_one_of(&old, real) && is_one_of(&old, effective) &&
				       is_one_of(&old, saved)))
		return -EPERM;
	if (real != UNCHANGED)
		ids.real = real;
	if (effective != UNCHANGED)
		ids.effective = effective;
	if (saved != UNCHANGED)
		ids.saved = saved;
	ids.fs = ids.effective;
	return ids_commit(kind, &ids);
}

/* Tells the old one, whether it worked or not: setfsuid(2). */
static long id_set_fs(enum ids_kind kind, uint32_t id)
{
	struct ids ids = ids_of(current->credentials, kind);
	uint32_t old = ids.fs;

	/* There is no way to report an error: programs call it twice and compare. */
	if (id != UNCHANGED && (id == old || is_one_of(&ids, id) || ids_privileged(kind))) {
		ids.fs = id;
		ids_commit(kind, &ids);
	}
	return old;
}

static long ids_put(enum ids_kind kind, user_address real, user_address effective,
		    user_address saved)
{
	struct ids ids = ids_of(current->credentials, kind);

	if (user_put_number(real, &ids.real, sizeof(ids.real)) ||
	    user_put_number(effective, &ids.effective, sizeof(ids.effective)) ||
	    user_put_number(saved, &ids.saved, sizeof(ids.saved)))
		return -EFAULT;
	return 0;
}

long sys_getuid(void) { return current->credentials->uid; }
long sys_geteuid(void) { return current->credentials->euid; }
long sys_getgid(void) { return current->credentials->gid; }
long sys_getegid(void) { return current->credentials->egid; }

long sys_setuid(unsigned int uid) { return id_set(USERS, uid); }
long sys_setgid(unsigned int gid) { return id_set(GROUPS, gid); }

long sys_setreuid(unsigned int real, unsigned int effective)
{
	return id_set_pair(USERS, real, effective);
}

long sys_setregid(unsigned int real, unsigned int effective)
{
	return id_set_pair(GROUPS, real, effective);
}

long sys_setresuid(unsigned int real, unsigned int effective, unsigned int saved)
{
	return id_set_all(USERS, real, effective, saved);
}

long sys_setresgid(unsigned int real, unsigned int effective, unsigned int saved)
{
	return id_set_all(GROUPS, real, effective, saved);
}

long sys_getresuid(user_address real, user_address effective, user_address saved)
{
	return ids_put(USERS, real, effective, saved);
}

long sys_getresgid(user_address real, user_address effective, user_address saved)
{
	return ids_put(GROUPS, real, effective, saved);
}

long sys_setfsuid(unsigned int uid) { return id_set_fs(USERS, uid); }
long sys_setfsgid(unsigned int gid) { return id_set_fs(GROUPS, gid); }

/* ---- supplementary groups ---- */

long sys_getgroups(int count, user_address groups)
{
	const struct credentials *own = current->credentials;

	/* A count of 0 asks how many there are. */
	if (count < 0 || (count && (uint32_t)count < own->group_count))
		return -EINVAL;
	if (count && user_put(groups, own->groups, own->group_count * sizeof(*own->groups)))
		return -EFAULT;
	return own->group_count;
}

/* Moves the root of a heap down to its place: child nodes are never larger than their parent. */
static void heap_sift(uint32_t *heap, size_t root, size_t count)
{
	for (;;) {
		size_t child = 2 * root + 1;
		uint32_t value = heap[root];

		if (child + 1 < count && heap[child + 1] > heap[child])
			child++;
		if (child >= count || heap[child] <= value)
			return;
		heap[root] = heap[child];
		heap[child] = value;
		root = child;
	}
}

/* Heapsort: look-ups want them in order, and a program may hand us 65,536 of them. */
static void groups_sort(uint32_t *groups, size_t count)
{
	for (size_t i = count / 2; i-- > 0;)
		heap_sift(groups, i, count);
	for (size_t last = count; last-- > 1;) {
		uint32_t largest = groups[0];

		groups[0] = groups[last];
		groups[last] = largest;
		heap_sift(groups, 0, last);
	}
}

static int groups_read(user_address from, uint32_t count, uint32_t **groups)
{
	size_t bytes = count * sizeof(**groups);
	uint32_t i;

	*groups = NULL;
	if (!count)
		return 0;
	*groups = kmalloc(bytes);
	if (!*groups)
		return -ENOMEM;
	if (user_get(*groups, from, bytes))
		return -EFAULT;
	for (i = 0; i < count; i++) {
		if ((*groups)[i] == UNCHANGED)
			return -EINVAL;
	}
	groups_sort(*groups, count);
	return 0;
}

long sys_setgroups(int count, user_address from)
{
	struct credentials *fresh;
	uint32_t *groups;
	int error;

	if (!capable(CAP_SETGID))
		return -EPERM;
	if ((unsigned)count > CREDENTIALS_GROUPS_MAX)
		return -EINVAL;
	error = groups_read(from, (uint32_t)count, &groups);
	fresh = error ? NULL : credentials_copy(current->credentials);
	if (!fresh) {
		kfree(groups);
		return error ? error : -ENOMEM;
	}
	/* The copy that credentials_copy() made is not wanted: this call replaces all of them. */
	kfree(fresh->groups);
	fresh->groups = groups;
	fresh->group_count = (uint32_t)count;
	credentials_commit(fresh);
	return 0;
}
