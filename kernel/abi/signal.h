/* SPDX-License-Identifier: MIT */
/*
 * signal.h - signals as the kernel sees them: numbers, actions, siginfo, and the frame that a
 * handler finds on its stack (signal(7), sigaction(2), sigreturn(2)).
 *
 * A set of signals is 64 bits: signal n is bit n - 1.  The frame holds, from the handler's stack
 * pointer up: the return address (sa_restorer), struct ucontext, struct siginfo; the FPU state
 * lies above, 64-byte aligned, found through uc_mcontext.fpstate.
 */
#pragma once

#include <stdint.h>

#define SIGHUP    1
#define SIGINT    2
#define SIGQUIT   3
#define SIGILL    4
#define SIGTRAP   5
#define SIGABRT   6
#define SIGBUS    7
#define SIGFPE    8
#define SIGKILL   9
#define SIGUSR1   10
#define SIGSEGV   11
#define SIGUSR2   12
#define SIGPIPE   13
#define SIGALRM   14
#define SIGTERM   15
#define SIGSTKFLT 16
#define SIGCHLD   17
#define SIGCONT   18
#define SIGSTOP   19
#define SIGTSTP   20
#define SIGTTIN   21
#define SIGTTOU   22
#define SIGURG    23
#define SIGXCPU   24
#define SIGXFSZ   25
#define SIGVTALRM 26
#define SIGPROF   27
#define SIGWINCH  28
#define SIGIO     29
#define SIGPWR    30
#define SIGSYS    31
#define SIGRTMIN  32
#define SIGRTMAX 64
#define SIGNAL_COUNT 64 /* signals are 1 ... 64 */

/* sigaction(2): sa_handler and sa_flags. */
#define SIG_DFL 0UL
#define SIG_IGN 1UL
#define SA_NOCLDSTOP      0x1
#define SA_NOCLDWAIT      0x2
#define SA_SIGINFO        0x4
#define SA_UNSUPPORTED    0x400
#define SA_EXPOSE_TAGBITS 0x800
#define SA_RESTORER       0x4000000
#define SA_ONSTACK        0x8000000
#define SA_RESTART        0x10000000
#define SA_NODEFER        0x40000000
#define SA_RESETHAND      0x80000000

struct kernel_sigaction { /* as rt_sigaction(2) takes it; the C library's differs */
	uint64_t sa_handler; /* user address, SIG_DFL or SIG_IGN */
	uint64_t sa_flags;
	uint64_t sa_restorer;
	uint64_t sa_mask;
};

/* rt_sigprocmask(2): how. */
#define SIG_BLOCK   0
#define SIG_UNBLOCK 1
#define SIG_SETMASK 2

/* sigaltstack(2). */
struct sigaltstack {
	uint64_t ss_sp;
	int32_t ss_flags, __pad0;
	uint64_t ss_size;
};
#define SS_ONSTACK 1
#define SS_DISABLE 2
#define SS_AUTODISARM 0x80000000
#define MINSIGSTKSZ 2048
#define SIGSTKSZ    8192

/* siginfo: what happened. The union's member depends on the signal and si_code. */
union sigval {
	int32_t sival_int;
	uint64_t sival_ptr;
};
struct siginfo {
	int32_t si_signo, si_errno, si_code, __pad0;
	union {
		struct { /* kill, tgkill, rt_sigqueueinfo */
			int32_t si_pid;
			uint32_t si_uid;
			union sigval si_value;
		};
		struct { /* SIGCHLD */
			int32_t __si_pid;
			uint32_t __si_uid;
			int32_t si_status;
			int64_t si_utime, si_stime;
		};
		struct { /* POSIX timers */
			int32_t si_tid, si_overrun;
			union sigval __si_value;
			int32_t si_sys_private;
		};
		struct { /* SIGILL, SIGFPE, SIGSEGV, SIGBUS, SIGTRAP */
			uint64_t si_addr;
			int16_t si_addr_lsb;
		};
		struct { /* SIGIO */
			int64_t si_band;
			int32_t si_fd;
		};
		struct { /* SIGSYS */
			uint64_t si_call_addr;
			int32_t si_syscall;
			uint32_t si_arch;
		};
		uint8_t __bytes[112];
	};
};

#define SI_USER       0
#define SI_KERNEL     128
#define SI_QUEUE      (-1)
#define SI_TIMER      (-2)
#define SI_MESGQ      (-3)
#define SI_ASYNCIO    (-4)
#define SI_SIGIO      (-5)
#define SI_TKILL      (-6)
#define ILL_ILLOPC    1
#define ILL_ILLOPN    2
#define ILL_ILLADR    3
#define ILL_ILLTRP    4
#define ILL_PRVOPC    5
#define ILL_PRVREG    6
#define ILL_COPROC    7
#define ILL_BADSTK    8
#define FPE_INTDIV    1
#define FPE_INTOVF    2
#define FPE_FLTDIV    3
#define FPE_FLTOVF    4
#define FPE_FLTUND    5
#define FPE_FLTRES    6
#define FPE_FLTINV    7
#define FPE_FLTSUB    8
#define SEGV_MAPERR   1
#define SEGV_ACCERR   2
#define BUS_ADRALN    1
#define BUS_ADRERR    2
#define BUS_OBJERR    3
#define TRAP_BRKPT    1
#define TRAP_TRACE    2
#define CLD_EXITED    1
#define CLD_KILLED    2
#define CLD_DUMPED    3
#define CLD_TRAPPED   4
#define CLD_STOPPED   5
#define CLD_CONTINUED 6
#define POLL_IN       1
#define POLL_OUT      2
#define POLL_MSG      3
#define POLL_ERR      4
#define POLL_PRI      5
#define POLL_HUP      6

/* The registers in a signal frame (uc_mcontext). */
struct sigcontext {
	uint64_t r8, r9, r10, r11, r12, r13, r14, r15;
	uint64_t rdi, rsi, rbp, rbx, rdx, rax, rcx, rsp, rip, eflags;
	uint16_t cs, gs, fs, ss;
	uint64_t err, trapno, oldmask, cr2;
	uint64_t fpstate; /* user address of struct fpstate, or 0 */
	uint64_t reserved1[8];
};

struct ucontext {
	uint64_t uc_flags; /* UC_* */
	uint64_t uc_link;
	struct sigaltstack uc_stack;
	struct sigcontext uc_mcontext;
	uint64_t uc_sigmask;
};
#define UC_FP_XSTATE         0x1
#define UC_SIGCONTEXT_SS     0x2
#define UC_STRICT_RESTORE_SS 0x4

/* What says, inside the FXSAVE image, how much extended state follows it. */
struct fpx_sw_bytes {
	uint32_t magic1;	/* FP_XSTATE_MAGIC1 when there is extended state */
	uint32_t extended_size; /* bytes of everything, FP_XSTATE_MAGIC2 included */
	uint64_t xfeatures;
	uint32_t xstate_size;	/* bytes of the XSAVE image alone */
	uint32_t padding[7];
};
struct fpstate { /* FXSAVE's 512 bytes */
	uint16_t cwd, swd, twd, fop;
	uint64_t rip, rdp;
	uint32_t mxcsr, mxcsr_mask;
	uint32_t st_space[32], xmm_space[64];
	uint32_t reserved2[12];
	struct fpx_sw_bytes sw_reserved;
};
#define FP_XSTATE_MAGIC1      0x46505853
#define FP_XSTATE_MAGIC2      0x46505845
#define FP_XSTATE_MAGIC2_SIZE 4

struct signal_frame {
	uint64_t restorer; /* the handler's return address */
	struct ucontext uc;
	struct siginfo info;
};
