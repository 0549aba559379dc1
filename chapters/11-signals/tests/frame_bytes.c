/* SPDX-License-Identifier: MIT */
/* frame_bytes.c - of the bytes of a signal frame those that nobody has written, those that are not
 * there; and a frame that finds no room while a mask is lent. */
#define _GNU_SOURCE
#include "test.h"

#include <setjmp.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

#define CHILDREN 40
#define DIRTY	 (32UL << 20)

static char image[4096];
static unsigned long size;

static void keep(int signal, siginfo_t *info, void *context)
{
	ucontext_t *u = context;

	memcpy(image, u->uc_mcontext.fpregs, 576);
	size = *(uint32_t *)(image + 480);
}

static void install(int signal, void (*handler)(int, siginfo_t *, void *), int flags)
{
	struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO | flags };

	sigemptyset(&action.sa_mask);
	sigaction(signal, &action, NULL);
}

/* What the processor does not write: behind each x87 register, before the software's bytes, and in
 * the header. */
static bool reserved_is_zero(void)
{
	unsigned char or = 0;

	for (int i = 0; i < 8; i++)
		for (int j = 10; j < 16; j++)
			or |= image[32 + 16 * i + j];
	for (int i = 416; i < 464; i++)
		or |= image[i];
	for (int i = 520; i < 576; i++)
		or |= image[i];
	return or == 0;
}

/* Memory that was another's a moment ago must not show in the frames of new processes. */
static void reserved(void)
{
	int go[2], status, clean = 0;
	char *dirty = map_pages(DIRTY / PAGE, PROT_READ | PROT_WRITE), byte;

	memset(dirty, 0xaa, DIRTY);
	munmap(dirty, DIRTY);
	install(SIGUSR1, keep, 0);
	pipe(go);
	for (int i = 0; i < CHILDREN; i++) {
		if (fork())
			continue;
		close(go[1]);
		read(go[0], &byte, 1); /* so that all are there at once */
		raise(SIGUSR1);
		_exit(reserved_is_zero() ? 0 : 1);
	}
	close(go[1]);
	while (wait(&status) > 0)
		clean += status == 0;
	observe_number("clean_frames", clean);
}

static char *edge; /* the last byte before memory that is not there */
static unsigned long there;

/* Returns through a state of which only the first `there` bytes are in memory. */
static void cut_off(int signal, siginfo_t *info, void *context)
{
	ucontext_t *u = context;
	char *at = edge - there;
	uint32_t *words = (uint32_t *)at;
	uint64_t features;

	memcpy(at, u->uc_mcontext.fpregs, there - 4);
	memcpy(&features, at + 512, 8);
	features |= 4; /* AVX: if the processor has none, that is as bad */
	memcpy(at + 512, &features, 8);
	memcpy(at + 472, &features, 8); /* and in the software's bytes */
	words[468 / 4] = there;
	words[480 / 4] = there - 4;
	memcpy(edge - 4, "\x45\x58\x50\x46", 4); /* the second magic number */
	u->uc_mcontext.fpregs = (void *)at;
}

static void returns_cut_off(void)
{
	char *pages = map_pages(2, PROT_READ | PROT_WRITE);

	munmap(pages + PAGE, PAGE);
	/* 64-byte aligned, and with room for the second magic number behind the header */
	edge = pages + PAGE;
	install(SIGUSR1, cut_off, 0);
	sys(SYS_kill, sys(SYS_getpid), SIGUSR1); /* the C library does not know of the fork */
	_exit(0);
}

static sigjmp_buf back;
static unsigned long mask_in_frame;

static void on_segv(int signal, siginfo_t *info, void *context)
{
	mask_in_frame = *(unsigned long *)&((ucontext_t *)context)->uc_sigmask;
	siglongjmp(back, 1);
}

/* sigsuspend on a stack that cannot take the frame: the SIGSEGV that comes instead brings the real
 * mask back, not the lent one. */
static void lent_mask(void)
{
	unsigned long real = 1UL << (SIGUSR1 - 1) | 1UL << (SIGUSR2 - 1);
	unsigned long lent = 1UL << (SIGALRM - 1);
	stack_t stack = { .ss_sp = map_pages(16, PROT_READ | PROT_WRITE), .ss_size = 16 * PAGE };

	sigaltstack(&stack, NULL);
	install(SIGUSR1, keep, 0);
	install(SIGSEGV, on_segv, SA_ONSTACK);
	sys(SYS_rt_sigprocmask, SIG_SETMASK, &real, 0, 8);
	raise(SIGUSR1);
	if (!sigsetjmp(back, 0))
		__asm__ volatile("movq $16, %%rsp\n\tsyscall\n\tud2"
				 : : "a"(SYS_rt_sigsuspend), "D"(&lent), "S"(8L)
				 : "rcx", "r11", "memory");
	observe_hex("mask_behind_lent", mask_in_frame);
}

TEST
{
	reserved();
	there = 640; /* header, magic number, and something of the next part */
	observe_child("part_missing", returns_cut_off);
	lent_mask();
	return 0;
}
