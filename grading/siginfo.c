/* SPDX-License-Identifier: MIT */
/*
 * siginfo.c - runs a program on Linux and writes, for each fault, what Strix would report: the
 * signal, its si_code and si_addr.  For recording and checking how chapter 5's images die.
 *
 * siginfo PROGRAM: lines go to descriptor 3, and the program's end becomes ours.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

static void report(pid_t child)
{
	struct user_regs_struct registers;
	siginfo_t info;

	if (ptrace(PTRACE_GETSIGINFO, child, 0, &info) || ptrace(PTRACE_GETREGS, child, 0, &registers))
		return;
	dprintf(3, "image[1]: traced at %#lx ip %#llx sp 0 error 0 signal %d code %d\n",
		(unsigned long)info.si_addr, (unsigned long long)registers.rip, info.si_signo,
		info.si_code);
}

int main(int count, char **arguments)
{
	pid_t child = fork();
	int status;

	if (count != 2)
		return 2;
	if (child == 0) {
		ptrace(PTRACE_TRACEME, 0, 0, 0);
		execl(arguments[1], arguments[1], (char *)0);
		_exit(127);
	}
	waitpid(child, &status, 0); /* the exec */
	ptrace(PTRACE_CONT, child, 0, 0);
	while (waitpid(child, &status, 0) == child && WIFSTOPPED(status)) {
		report(child);
		ptrace(PTRACE_CONT, child, 0, WSTOPSIG(status));
	}
	if (WIFSIGNALED(status)) {
		struct rlimit none = { 0, 0 };

		setrlimit(RLIMIT_CORE, &none);
		signal(WTERMSIG(status), SIG_DFL);
		raise(WTERMSIG(status));
	}
	return WEXITSTATUS(status);
}
