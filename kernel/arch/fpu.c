/* SPDX-License-Identifier: MIT */
/*
 * fpu.c - the registers of x87, SSE and AVX, which belong to the running user program alone: the
 * kernel is compiled without them.  They are saved and loaded at every switch, never lazily.
 *
 * With XSAVE the area is the standard (not compacted) form, which is also what Linux puts into
 * signal frames: 512 bytes as FXSAVE writes them, a 64-byte header, then one part for each further
 * feature (SDM vol. 1, 13.4).  Without XSAVE it is the first 512 bytes only.
 *
 * Never lazily: trapping at the first use (CR0.TS) once saved time and later leaked registers
 * between programs (CVE-2018-3665). An area is valid if fpu_restore() takes it without #GP:
 * freshly reset, or saved, or validated; the assertion of alignment stands for the rest.
 *
 * Who may call: the scheduler at a switch; fork, exec and signal frames for the current task,
 * whose registers are live.
 */
#include "arch/cpu_init.h"
#include "arch/msr.h"
#include "lib/assert.h"
#include "lib/string.h"

#define XCR0_X87    0x01UL
#define XCR0_SSE    0x02UL
#define XCR0_AVX    0x04UL
#define XCR0_AVX512 0xe0UL /* three parts that make sense only together */

#define FCW_RESET   0x37f
#define MXCSR_RESET 0x1f80
#define MXCSR_MASK_RESET 0xffbf /* what a stored mask of 0 means (SDM vol. 1, 11.6.6) */

struct fpu_area {
	uint16_t fcw, fsw;
	uint8_t ftw, reserved0;
	uint16_t fop;
	uint64_t fip, fdp;
	uint32_t mxcsr, mxcsr_mask;
	uint8_t registers[480];
	/* only with XSAVE: */
	uint64_t xstate_bv, xcomp_bv;
	uint64_t header_zero;	     /* XRSTOR looks at it ... */
	uint64_t header_reserved[5]; /* ... and not at these */
};
static_assert(offsetof(struct fpu_area, mxcsr) == 24, "SDM vol. 1, table 10-2");
static_assert(offsetof(struct fpu_area, xstate_bv) == 512, "SDM vol. 1, 13.4.2");

size_t fpu_area_size = 512;
uint64_t fpu_features = XCR0_X87 | XCR0_SSE;
static uint32_t mxcsr_valid = MXCSR_MASK_RESET;
static struct fpu_area fresh_area aligned(64); /* xstate_bv 0: what follows is not even read */

static void xcr0_write(uint64_t value)
{
	__asm__ volatile("xsetbv"
			 : : "c"(0), "a"((uint32_t)value), "d"((uint32_t)(value >> 32)));
}

static void xsave_init(void)
{
	struct cpuid c = cpuid(13, 0);
	uint64_t supported = (uint64_t)c.edx << 32 | c.eax;

	fpu_features |= supported & XCR0_AVX;
	if ((supported & XCR0_AVX512) == XCR0_AVX512 && (supported & XCR0_AVX))
		fpu_features |= XCR0_AVX512;
	assert((fpu_features & (XCR0_X87 | XCR0_SSE)) == (XCR0_X87 | XCR0_SSE));
	/* Size only after XCR0: the leaf answers for what is enabled. */
	xcr0_write(fpu_features);
	fpu_area_size = cpuid(13, 0).ebx; /* for what XCR0 has enabled now */
}

static void mxcsr_mask_read(void)
{
	static struct fpu_area probe aligned(64);

	__asm__ volatile("fninit; fxsave64 %0" : "=m"(probe));
	if (probe.mxcsr_mask)
		mxcsr_valid = probe.mxcsr_mask;
}

void fpu_init(void)
{
	if (cpu_features.xsave)
		xsave_init();
	mxcsr_mask_read();
	fresh_area.fcw = FCW_RESET;
	fresh_area.mxcsr = MXCSR_RESET;
	fresh_area.mxcsr_mask = mxcsr_valid;
}

void fpu_reset(void)
{
	fpu_restore(&fresh_area);
}

void fpu_save(struct fpu_area *area)
{
	assert(((uint64_t)area & 63) == 0);
	if (cpu_features.xsave)
		__asm__ volatile("xsave64 %0" : "+m"(*area) : "a"(~0u), "d"(~0u) : "memory");
	else
		__asm__ volatile("fxsave64 %0" : "+m"(*area) : : "memory");
}

/* XSAVE leaves what is reserved as it finds it: XRSTOR refuses some of that in the header, and all
 * of it goes out to programs, in their signal frames. */
void fpu_save_fresh(struct fpu_area *area)
{
	memset(area, 0, fpu_area_size);
	fpu_save(area);
}

void fpu_restore(const struct fpu_area *area)
{
	assert(((uint64_t)area & 63) == 0);
	if (cpu_features.xsave)
		__asm__ volatile("xrstor64 %0" : : "m"(*area), "a"(~0u), "d"(~0u) : "memory");
	else
		__asm__ volatile("fxrstor64 %0" : : "m"(*area) : "memory");
}

void fpu_area_reset(struct fpu_area *area)
{
	memset(area, 0, fpu_area_size); /* xstate_bv 0: every part has its initial value */
	area->fcw = FCW_RESET;
	area->mxcsr = MXCSR_RESET;
	area->mxcsr_mask = mxcsr_valid;
}

void fpu_area_use_legacy(struct fpu_area *area)
{
	if (cpu_features.xsave)
		area->xstate_bv = XCR0_X87 | XCR0_SSE;
}

/* Everything that XRSTOR refuses with #GP (SDM vol. 1, 13.8.1). */
bool fpu_area_validate(struct fpu_area *area)
{
	if (area->mxcsr & ~mxcsr_valid)
		return false;
	if (!cpu_features.xsave)
		return true;
	return !(area->xstate_bv & ~fpu_features) && !area->xcomp_bv && !area->header_zero;
}

size_t fpu_area_extent(const struct fpu_area *area)
{
	size_t end = sizeof(struct fpu_area);

	for (unsigned i = 2; i < 63; i++) {
		struct cpuid part;

		if (!(area->xstate_bv >> i & 1))
			continue;
		part = cpuid(13, i); /* size and place (SDM vol. 2A, CPUID leaf 0DH) */
		end = max(end, (size_t)part.eax + part.ebx);
	}
	return end;
}

/* The IEEE condition behind a #MF (x87) or #XM (SSE): its unmasked status bits, SDM vol. 1, 8.1.3
 * and 10.2.3.  Bit 0 invalid, 1 denormal, 2 divide by zero, 3 overflow, 4 underflow, 5 inexact. */
unsigned fpu_exception_bits(bool x87)
{
	uint16_t status, control;
	uint32_t mxcsr;

	if (x87) {
		__asm__ volatile("fnstsw %0; fnstcw %1" : "=m"(status), "=m"(control));
		return status & ~control & 0x3f;
	}
	__asm__ volatile("stmxcsr %0" : "=m"(mxcsr));
	return mxcsr & ~(mxcsr >> 7) & 0x3f;
}
