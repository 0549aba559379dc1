/* SPDX-License-Identifier: MIT */
/* new in task/seccomp.c */
/*
 * seccomp.c - seccomp(2), strict mode: from now on read, write, exit and the way out of a handler, for ever.
 *
 * The mode is a flag of the task that nothing takes back: a child inherits it (fork.c), and a call that
 * would, execve(2) or exit_group(2) among them, is the end.  dispatch.c asks the flag before each call
 * and comes here only where it is set.  The end is SIGKILL's, but of this task alone and without the signal.
 * Filters are not here: EINVAL, as where Linux is built without them.
 */
#include "abi/errno.h"
#include "abi/signal.h"
#include "abi/syscalls.h"
#include "abi/wait.h"
#include "task/task.h"

enum { SET_MODE_STRICT = 0 };
enum { READ = 0, WRITE = 1, RT_SIGRETURN = 15, EXIT = 60 }; /* abi/syscalls.def */

void seccomp_check(uint64_t number);
void seccomp_check(uint64_t number)
{
	assert(current->seccomp_strict);
	if (number != READ && number != WRITE && number != RT_SIGRETURN && number != EXIT)
		task_exit(WAIT_KILLED(SIGKILL));
}

long sys_seccomp(unsigned operation, unsigned flags, user_address arguments)
{
	if (operation != SET_MODE_STRICT || flags || arguments)
		return -EINVAL;
	current->seccomp_strict = true;
	return 0;
}
