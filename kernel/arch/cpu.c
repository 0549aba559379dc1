/* SPDX-License-Identifier: MIT */
/*
 * cpu.c - asks the processor what it can do (CPUID) and switches on what protects the kernel:
 * no-execute, write protection in ring 0, SMEP and SMAP (no execution of, no stray access to user
 * pages), UMIP.  What is missing is left out; the kernel runs on the plainest x86_64 too.
 *
 * FSGSBASE stays off: with it a user program could put a kernel address into GS, and entry.S would
 * have to check.  Also here: the GS base that finds struct cpu.
 *
 * Order: GS first, because current and this_cpu() are used by everything; then features; the code
 * is patched for SMAP before SMAP is on, while its pages can still be written. Errors are not
 * possible: what a processor lacks is left out.
 */
#include "arch/cpu_init.h"
#include "arch/msr.h"
#include "lib/assert.h"
#include "lib/string.h"

#define CPUID_1_ECX_XSAVE    (1u << 26)
#define CPUID_1_ECX_RDRAND   (1u << 30)
#define CPUID_1_EDX_MCE	     (1u << 7)
#define CPUID_1_EDX_PGE	     (1u << 13)
#define CPUID_7_EBX_FSGSBASE (1u << 0)
#define CPUID_7_EBX_SMEP     (1u << 7)
#define CPUID_7_EBX_ERMS     (1u << 9)
#define CPUID_7_EBX_SMAP     (1u << 20)
#define CPUID_7_ECX_UMIP     (1u << 2)
#define CPUID_EXT_EDX_NX     (1u << 20)
#define CPUID_EXT_EDX_1G     (1u << 26)

struct cpu_features cpu_features;
static struct cpu boot_cpu = { .self = &boot_cpu };

extern char boot_stack_top[]; /* boot.S */

/* A place in the code that becomes CLAC or STAC when the processor has SMAP. */
struct access_site {
	uint8_t *at;
	uint64_t opcode; /* the third byte: 0f 01 ca, 0f 01 cb */
};
extern struct access_site access_sites_start[], access_sites_stop[]; /* kernel.ld */

static void copy_text(char *to, const struct cpuid *from, size_t words)
{
	memcpy(to, from, words * 4);
}

static void read_names(void)
{
	struct cpuid c = cpuid(0, 0);
	uint32_t vendor[3] = { c.ebx, c.edx, c.ecx };
	uint32_t i;

	memcpy(cpu_features.vendor, vendor, sizeof(vendor));
	if (cpuid(0x80000000, 0).eax < 0x80000004)
		return;
	for (i = 0; i < 3; i++) {
		c = cpuid(0x80000002 + i, 0);
		copy_text(cpu_features.model + 16 * i, &c, 4);
	}
}

/* SDM vol. 2, CPUID: the extended fields count only for the families that overflowed. */
static void read_signature(uint32_t eax)
{
	uint32_t family = eax >> 8 & 15, model = eax >> 4 & 15;

	/* The manual's rule, also where AMD's processors follow it. */
	if (family == 6 || family == 15)
		model |= eax >> 12 & 0xf0;
	if (family == 15)
		family += eax >> 20 & 0xff;
	cpu_features.family = family;
	cpu_features.model_number = model;
	cpu_features.stepping = eax & 15;
}

static void read_features(void)
{
	struct cpuid one = cpuid(1, 0), seven = { 0 }, extended = cpuid(0x80000001, 0);

	if (cpuid(0, 0).eax >= 7)
		seven = cpuid(7, 0);
	read_names();
	read_signature(one.eax);
	cpu_features.hwcap = one.edx;
	cpu_features.global_pages = one.edx & CPUID_1_EDX_PGE;
	cpu_features.xsave = one.ecx & CPUID_1_ECX_XSAVE;
	cpu_features.rdrand = one.ecx & CPUID_1_ECX_RDRAND;
	cpu_features.fsgsbase = seven.ebx & CPUID_7_EBX_FSGSBASE;
	cpu_features.smep = seven.ebx & CPUID_7_EBX_SMEP;
	cpu_features.smap = seven.ebx & CPUID_7_EBX_SMAP;
	cpu_features.erms = seven.ebx & CPUID_7_EBX_ERMS;
	cpu_features.umip = seven.ecx & CPUID_7_ECX_UMIP;
	cpu_features.nx = extended.edx & CPUID_EXT_EDX_NX;
	cpu_features.pages_1g = extended.edx & CPUID_EXT_EDX_1G;
	cpu_features.physical_bits = 36;
	/* Without the leaf: 36 bits, what the first x86_64 processors had. */
	if (cpuid(0x80000000, 0).eax >= 0x80000008)
		cpu_features.physical_bits = cpuid(0x80000008, 0).eax & 0xff;
}

static void control_registers_init(void)
{
	uint64_t cr4 = cr4_read() | CR4_OSFXSR | CR4_OSXMMEXCPT;

	cr0_write((cr0_read() & ~(uint64_t)(CR0_EM | CR0_TS)) | CR0_MP | CR0_NE | CR0_WP | CR0_AM);
	if (cpu_features.hwcap & CPUID_1_EDX_MCE)
		cr4 |= CR4_MCE;
	if (cpu_features.global_pages)
		cr4 |= CR4_PGE;
	if (cpu_features.smep)
		cr4 |= CR4_SMEP;
	if (cpu_features.smap)
		cr4 |= CR4_SMAP;
	if (cpu_features.umip)
		cr4 |= CR4_UMIP;
	if (cpu_features.xsave)
		cr4 |= CR4_OSXSAVE;
	cr4_write(cr4 & ~(uint64_t)CR4_FSGSBASE);
}

/* The code pages are still writable: image_protect() comes later. */
static void access_sites_patch(void)
{
	struct access_site *site;

	for (site = access_sites_start; site < access_sites_stop; site++) {
		site->at[1] = 0x01;
		site->at[2] = (uint8_t)site->opcode;
	}
}

void cpu_init(void)
{
	boot_cpu.kernel_stack = (uint64_t)boot_stack_top;
	msr_write(MSR_GS_BASE, (uint64_t)&boot_cpu);
	msr_write(MSR_KERNEL_GS_BASE, 0);
	read_features();
	if (cpu_features.smap)
		access_sites_patch();
	control_registers_init();
	fpu_init();
}

bool hardware_random(uint64_t *value)
{
	bool ok = false;
	int attempt;

	/* It may be out of entropy for a moment (SDM vol. 1, 7.3.17.1: ten attempts). */
	for (attempt = 0; cpu_features.rdrand && !ok && attempt < 10; attempt++)
		__asm__ volatile("rdrand %0" : "=r"(*value), "=@ccc"(ok));
	return ok;
}
