/* SPDX-License-Identifier: MIT */
/*
 * signal_frame.c - what a handler finds on its stack, and the way back: rt_sigreturn(2).
 *
 * The frame is Linux's to the byte (abi/signal.h), because programs and C libraries look into it:
 * they unwind through it, read and change registers in it.  From the program's stack pointer (less
 * the 128 bytes below it that the ABI lets functions use) or the top of the alternate stack, down:
 * the FPU state, 64-byte aligned, with its two magic words; then struct signal_frame, so that the
 * handler starts with rsp % 16 == 8, as after a call.
 *
 * On the way back everything may have been forged.  Only flags that a program may set are taken;
 * the selectors are forced to privilege 3, and IRET judges them; the FPU state is copied to the
 * stack, judged there, and only then becomes the task's.  What is not acceptable is SIGSEGV.
 */
#include "task/signal_frame.h"
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "arch/offsets.h"
#include "lib/string.h"
#include "memory/user_copy.h"

#define RED_ZONE 128
#define LEGACY_SIZE 512 /* what FXSAVE writes */
#define HEADER_SIZE 64
#define FPU_ROOM 3072 /* the largest that fpu_frame_size() may be: it is 2,700 with AVX-512 */
#define FLAGS_RETURNED \
	(RFLAGS_USER | RFLAGS_RF) /* of rflags, what sigreturn takes from the frame */

static_assert(sizeof(struct sigcontext) == 256, "Linux's struct sigcontext_64");
static_assert(sizeof(struct ucontext) == 304, "Linux's struct ucontext");
static_assert(sizeof(struct signal_frame) == 440, "Linux's struct rt_sigframe");
static_assert(offsetof(struct fpstate, sw_reserved) == 464, "the last 48 bytes of FXSAVE's image");

/* ---- the FPU part ---- */

static bool has_extended_state(void)
{
	return fpu_area_size > LEGACY_SIZE;
}

static size_t fpu_frame_size(void)
{
	return fpu_area_size + (has_extended_state() ? FP_XSTATE_MAGIC2_SIZE : 0);
}

/* Saves the registers and puts the frame's two marks around them, so that one copy does it all.
 * Without extended state Linux writes the first mark all the same, but not the second. */
static int fpu_push(user_address at)
{
	struct fpstate *image = (struct fpstate *)current->fpu;

	fpu_save(current->fpu);
	image->sw_reserved = (struct fpx_sw_bytes){
		.magic1 = FP_XSTATE_MAGIC1,
		.extended_size = (uint32_t)(fpu_area_size + FP_XSTATE_MAGIC2_SIZE),
		.xfeatures = fpu_features,
		.xstate_size = (uint32_t)fpu_area_size,
	};
	*(uint32_t *)((char *)image + fpu_area_size) = FP_XSTATE_MAGIC2;
	return user_put(at, image, fpu_frame_size());
}

/* Whether the frame, of which `bytes` could be read, says in both places that it is extended. */
static bool image_is_extended(const struct fpstate *image, size_t bytes)
{
	const struct fpx_sw_bytes *sw = &image->sw_reserved;

	if (sw->magic1 != FP_XSTATE_MAGIC1)
		return false;
	if (sw->xstate_size < LEGACY_SIZE + HEADER_SIZE || sw->xstate_size > fpu_area_size ||
	    sw->xstate_size > sw->extended_size || sw->xstate_size + FP_XSTATE_MAGIC2_SIZE > bytes)
		return false;
	return *(const uint32_t *)((const char *)image + sw->xstate_size) == FP_XSTATE_MAGIC2;
}

/* A frame without the marks, from a program that knows only FXSAVE's image, is taken for that.  One
 * that breaks off behind the 512 bytes, likewise. */
static int fpu_area_fill(struct fpu_area *area, user_address at)
{
	size_t bytes = user_read(area, at, fpu_frame_size());

	if (bytes < LEGACY_SIZE)
		return -EFAULT;
	/* What the frame does not hold must not come from whoever had this memory before. */
	memset((char *)area + bytes, 0, fpu_frame_size() - bytes);
	if (has_extended_state() && !image_is_extended((struct fpstate *)area, bytes)) {
		fpu_area_reset(area); /* parts that the frame does not hold get their first value */
		if (user_get(area, at, LEGACY_SIZE))
			return -EFAULT;
		fpu_area_use_legacy(area);
	} else if (bytes < fpu_area_size && bytes < fpu_area_extent(area)) {
		return -EFAULT; /* breaks off within a part that it says it has */
	}
	return fpu_area_validate(area) ? 0 : -EINVAL;
}

/* 0: the frame has no FPU state any more, and registers begin afresh.  XRSTOR would fault on an
 * address that is not 64-byte aligned.  On an error the task keeps what it has.  The state is
 * judged on the stack, for the way back from a handler must not need memory; it goes into the
 * registers alone, which the next switch saves. */
static int fpu_pop(user_address at)
{
	uint8_t room[FPU_ROOM] aligned(64);
	struct fpu_area *area = (struct fpu_area *)room;
	int error;

	if (!at) {
		fpu_reset();
		return 0;
	}
	if (at & 63)
		return -EINVAL;
	assert(fpu_frame_size() <= sizeof(room));
	error = fpu_area_fill(area, at);
	if (!error)
		fpu_restore(area);
	return error;
}

/* ---- building ---- */

/* Where the frame's parts go; false: the alternate stack would overflow. */
static bool frame_place(const struct registers *r, const struct kernel_sigaction *action,
			user_address *frame, user_address *fpu)
{
	const struct task *self = current;
	bool nested = signal_on_alternate_stack(self, r->rsp), entering = false;
	user_address sp = r->rsp - RED_ZONE;

	if (action->sa_flags & SA_ONSTACK && !nested && self->alternate_stack_size) {
		entering = true;
		sp = self->alternate_stack + self->alternate_stack_size;
	}
	*fpu = round_down(sp - fpu_frame_size(), 64UL);
	*frame = round_down(*fpu - sizeof(struct signal_frame), 16UL) - 8;
	if (!nested && !entering)
		return true;
	return *frame > self->alternate_stack &&
	       *frame - self->alternate_stack <= self->alternate_stack_size;
}

static void sigcontext_fill(struct sigcontext *restrict to, const struct registers *r,
			    uint64_t mask, user_address fpu)
{
	*to = (struct sigcontext){
		.r8 = r->r8, .r9 = r->r9, .r10 = r->r10, .r11 = r->r11,
		.r12 = r->r12, .r13 = r->r13, .r14 = r->r14, .r15 = r->r15,
		.rdi = r->rdi, .rsi = r->rsi, .rbp = r->rbp, .rbx = r->rbx,
		.rdx = r->rdx, .rax = r->rax, .rcx = r->rcx, .rsp = r->rsp,
		.rip = r->rip, .eflags = r->rflags,
		.cs = (uint16_t)r->cs, .ss = (uint16_t)r->ss,
		.err = current->fault_error, .trapno = current->fault_vector,
		.cr2 = current->fault_address,
		.oldmask = mask,
		.fpstate = fpu,
	};
}

/* All but `info`, and every byte, padding included: the kernel's stack would show through what is
 * left out. */
static void frame_fill(struct signal_frame *frame, const struct registers *r,
		       const struct kernel_sigaction *action, uint64_t mask, user_address fpu)
{
	const struct task *self = current;

	frame->restorer = action->sa_restorer;
	frame->uc.uc_flags = UC_SIGCONTEXT_SS | UC_STRICT_RESTORE_SS |
			     (has_extended_state() ? UC_FP_XSTATE : 0);
	frame->uc.uc_link = 0;
	frame->uc.uc_stack = (struct sigaltstack){
		.ss_sp = self->alternate_stack,
		.ss_flags = (int32_t)self->alternate_stack_flags,
		.ss_size = self->alternate_stack_size,
	};
	sigcontext_fill(&frame->uc.uc_mcontext, r, mask, fpu);
	frame->uc.uc_sigmask = mask;
}

static void handler_start(struct registers *r, const struct kernel_sigaction *action, int signal,
			  user_address frame)
{
	r->rdi = (uint64_t)signal;
	r->rsi = frame + offsetof(struct signal_frame, info);
	r->rdx = frame + offsetof(struct signal_frame, uc);
	r->rax = 0; /* for variadic handlers: no vector registers are used */
	r->rip = action->sa_handler;
	r->rsp = frame;
	r->cs = USER_CODE;
	r->ss = USER_DATA;
	r->rflags &= ~(RFLAGS_DF | RFLAGS_RF | RFLAGS_TF);
	r->orig_rax = -1; /* nothing is restarted any more */
}

int signal_frame_push(struct registers *r, const struct kernel_sigaction *action,
		      struct signal_frame *frame, uint64_t mask)
{
	user_address at, fpu;

	if (!(action->sa_flags & SA_RESTORER) || !frame_place(r, action, &at, &fpu))
		return -EFAULT;
	if (fpu_push(fpu))
		return -EFAULT;
	frame_fill(frame, r, action, mask, fpu);
	if (user_put(at, frame, sizeof(*frame)))
		return -EFAULT;
	handler_start(r, action, frame->info.si_signo, at);
	fpu_reset();
	if (current->alternate_stack_flags & SS_AUTODISARM) {
		current->alternate_stack = current->alternate_stack_size = 0;
		current->alternate_stack_flags = SS_DISABLE;
	}
	return 0;
}

/* ---- the way back ---- */

static void registers_return(struct registers *r, const struct sigcontext *c)
{
	r->r8 = c->r8, r->r9 = c->r9, r->r10 = c->r10, r->r11 = c->r11;
	r->r12 = c->r12, r->r13 = c->r13, r->r14 = c->r14, r->r15 = c->r15;
	r->rdi = c->rdi, r->rsi = c->rsi, r->rbp = c->rbp, r->rbx = c->rbx;
	r->rdx = c->rdx, r->rax = c->rax, r->rcx = c->rcx, r->rsp = c->rsp;
	r->rip = c->rip;
	r->cs = c->cs | 3, r->ss = c->ss | 3;
	r->rflags = (r->rflags & ~FLAGS_RETURNED) | (c->eflags & FLAGS_RETURNED);
	r->orig_rax = -1;
}

long sys_rt_sigreturn(void)
{
	struct task *self = current;
	struct registers *r = task_registers(self);
	user_address at = r->rsp - sizeof(uint64_t); /* RET has popped the restorer */
	struct ucontext uc;

	self->restart = NULL;
	if (user_get(&uc, at + offsetof(struct signal_frame, uc), sizeof(uc)))
		goto bad;
	signal_mask_set(uc.uc_sigmask);
	registers_return(r, &uc.uc_mcontext);
	task_add_work(self, WORK_NO_SYSRET);
	if (fpu_pop(uc.uc_mcontext.fpstate))
		goto bad;
	signal_alternate_stack_set(self, &uc.uc_stack, r->rsp); /* its errors are nobody's */
	return (long)r->rax;

bad:
	signal_force(SIGSEGV, SI_KERNEL, 0);
	return 0;
}
