/* SPDX-License-Identifier: MIT */
/*
 * credentials.h - who a task acts as: counted, immutable, replaced whole (credentials(7)).
 *
 * A file keeps its opener's.  Capabilities are modelled as Linux's sets; the superuser has all.
 *
 * A task reads its own without a lock. Another task's may be replaced at any moment, so whoever
 * looks at them takes a count first, or holds a lock under which the other cannot run (on one
 * processor: does not sleep in between).
 *
 * Fields: uid who is accountable, euid who acts, suid what euid may return to, fsuid who acts on
 * files. See credentials(7), capabilities(7).
 */
#pragma once

#include "abi/prctl.h" /* CAP_* */
#include "lib/types.h"

struct task;

#define CREDENTIALS_GROUPS_MAX 65536 /* NGROUPS_MAX */

struct credentials {
	uint32_t count;
	uint32_t uid, euid, suid, fsuid;
	uint32_t gid, egid, sgid, fsgid;
	uint64_t permitted, effective, inheritable, bounding, ambient; /* capability sets */
	uint32_t securebits;
	uint32_t group_count;
	uint32_t *groups; /* sorted, or NULL */
};

extern struct credentials root_credentials;

const struct credentials *credentials_get(const struct credentials *credentials);
void credentials_put(const struct credentials *credentials);
/* A private copy to change, then credentials_commit(); NULL: no memory. */
struct credentials *credentials_copy(const struct credentials *from);
void credentials_commit(struct credentials *fresh); /* current's become these; consumes the count */
bool credentials_in_group(const struct credentials *credentials, uint32_t gid); /* by fsgid too */

bool capable(int capability); /* the current task, effective set */

/* Whether the target's real, effective and saved ids are all these: a set-user-id program is not
 * open to who started it. */
bool credentials_are_all(const struct credentials *target, uint32_t uid, uint32_t gid);
/* Whether the current task may look into another for reading (ptrace(2), "Ptrace access mode
 * checking"): its own process; who has the same ids as `uid` and `gid` - the caller's own, which
 * are the fs ones where a file is read and the real ones in calls - if that does not forbid it
 * (PR_SET_DUMPABLE); or with CAP_SYS_PTRACE. */
bool may_look_into(const struct task *target, uint32_t uid, uint32_t gid);
