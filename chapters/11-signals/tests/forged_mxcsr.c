/* SPDX-License-Identifier: MIT */
/* forged_mxcsr.c - a handler that puts reserved bits into its frame's MXCSR or extended state. */
#define _GNU_SOURCE
#include "test.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

#define EXTENDED 1 /* uc_flags: extended state follows */
#define HEADER	 512 /* its header: features, compacted form, reserved */

static char *where;
static unsigned long long bits;
static int offset;

static void forge(int signal, siginfo_t *info, void *context)
{
	ucontext_t *u = context;
	unsigned long long old;

	where = (char *)u->uc_mcontext.fpregs + offset;
	if (offset >= HEADER && !(u->uc_flags & EXTENDED))
		raise(SIGSEGV); /* nothing to forge */
	memcpy(&old, where, sizeof(old));
	old |= bits;
	memcpy(where, &old, sizeof(old));
}

static void segv(int signal, siginfo_t *info, void *context)
{
	_exit(info->si_code == SI_KERNEL || info->si_code == SI_TKILL ? 2 : 3);
}

static void try(const char *name, int at, unsigned long long forged)
{
	struct sigaction a = { .sa_sigaction = forge, .sa_flags = SA_SIGINFO };
	int status, pid = fork();

	if (pid == 0) {
		offset = at, bits = forged;
		sigaction(SIGUSR1, &a, NULL);
		a.sa_sigaction = segv;
		sigaction(SIGSEGV, &a, NULL);
		raise(SIGUSR1);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	observe(name, status >> 8);
}

TEST
{
	try("allowed", 24, 0x6000);
	try("mxcsr_reserved", 24, 0xffff0000);
	try("mxcsr_bit_31", 24, 0x80000000);
	try("feature_that_is_not", HEADER, 1ULL << 62);
	try("compacted", HEADER + 8, 1ULL << 63);
	try("header_zero", HEADER + 16, 1);
	try("header_reserved", HEADER + 24, 1);
	return 0;
}
