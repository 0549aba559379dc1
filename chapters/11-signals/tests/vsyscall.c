/* SPDX-License-Identifier: MIT */
/*
 * vsyscall.c - the page at 0xffffffffff600000: three functions that can be called but not read.
 *
 * They answer as the calls do and keep all other registers.  What they cannot do is SIGSEGV at their
 * first byte.
 */
#define _GNU_SOURCE /* REG_RIP */
#include "test.h"

#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <ucontext.h>

#define VSYSCALL     0xffffffffff600000UL
#define GETTIMEOFDAY (VSYSCALL + 0x000)
#define TIME	     (VSYSCALL + 0x400)
#define GETCPU	     (VSYSCALL + 0x800)

static sigjmp_buf back;
static siginfo_t info;
static greg_t gregs[23];

static void note(int signal, siginfo_t *i, void *context)
{
	info = *i;
	memcpy(gregs, ((ucontext_t *)context)->uc_mcontext.gregs, sizeof(gregs));
	siglongjmp(back, 1);
}

static long call(unsigned long function, const void *a, const void *b)
{
	return ((long (*)(const void *, const void *, const void *))function)(a, b, NULL);
}

/* A fault at `address`, or -1: it says none. */
static void observe_fault(const char *name, unsigned long address)
{
	observe(text("%s_signal", name), info.si_signo);
	observe_number(text("%s_code", name), info.si_code);
	observe(text("%s_address", name), info.si_addr == (void *)address);
	if (info.si_code != SI_KERNEL)
		observe_hex(text("%s_error", name), (unsigned long)gregs[REG_ERR]);
}

static void fails(const char *name, unsigned long function, const void *a, const void *b,
		  unsigned long address)
{
	memset(&info, 0, sizeof(info));
	if (sigsetjmp(back, 1) == 0)
		observe(text("%s_result", name), call(function, a, b));
	observe_fault(name, address);
	if (info.si_signo)
		observe(text("%s_at", name), gregs[REG_RIP] == (greg_t)function);
}

static void test_answers(void)
{
	struct timeval page_tv, call_tv;
	struct timezone zone = { 77, 77 };
	time_t stored = 0, now = call(TIME, &stored, NULL);
	unsigned cpu = 77, node = 77;

	observe("time_stored", stored == now);
	observe("time_agrees", labs(now - sys(SYS_time, 0)) <= 1);
	observe("gettimeofday", call(GETTIMEOFDAY, &page_tv, &zone));
	sys(SYS_gettimeofday, &call_tv, 0);
	observe("gettimeofday_agrees", labs(call_tv.tv_sec - page_tv.tv_sec) <= 1);
	observe("microseconds", page_tv.tv_usec < 1000000);
	observe("zone_minutes", zone.tz_minuteswest);
	observe("zone_kind", zone.tz_dsttime);
	observe("gettimeofday_nothing", call(GETTIMEOFDAY, NULL, NULL));
	observe("getcpu", call(GETCPU, &cpu, &node));
	observe("cpu", cpu < 4096);
	observe("node", node);
	observe("getcpu_nothing", call(GETCPU, NULL, NULL));
}

/* SYSCALL destroys two registers; a page that is called does not. */
static void test_registers(void)
{
	unsigned long rcx = 0x1111, r11 = 0x2222, result, before, after;

	__asm__ volatile("subq $128, %%rsp; movq %%rsp, %3; movq %6, %%r11; stc; callq *%7;"
			 "setc %b2; movzbl %b2, %k2; movq %%r11, %1; movq %%rsp, %4; addq $128, %%rsp"
			 : "+c"(rcx), "=&r"(r11), "=&a"(result), "=&r"(before), "=&r"(after)
			 : "D"(0), "r"(0x2222UL), "r"(TIME)
			 : "r11", "memory");
	observe_hex("rcx", rcx);
	observe_hex("r11", r11);
	observe("carry", (long)result);
	observe("stack", before == after);
}

static void test_addresses(void)
{
	fails("misaligned", TIME + 8, NULL, NULL, -1);
	fails("fourth", VSYSCALL + 0xc00, NULL, NULL, -1);
	fails("last_byte", VSYSCALL + 0xfff, NULL, NULL, -1);
	fails("page_above", VSYSCALL + 0x1000, NULL, NULL, VSYSCALL + 0x1000);
	fails("page_below", VSYSCALL - 0x1000, NULL, NULL, VSYSCALL - 0x1000);
	memset(&info, 0, sizeof(info));
	if (sigsetjmp(back, 1) == 0)
		observe("read_byte", *(volatile unsigned char *)VSYSCALL);
	observe_fault("read", VSYSCALL);
	memset(&info, 0, sizeof(info));
	if (sigsetjmp(back, 1) == 0)
		*(volatile unsigned char *)VSYSCALL = 0;
	observe_fault("write", VSYSCALL);
	observe("copied", sys(SYS_write, 2, VSYSCALL, 1));
	observe("unmapped", sys(SYS_munmap, VSYSCALL, PAGE));
	observe("protected", sys(SYS_mprotect, VSYSCALL, PAGE, PROT_READ));
}

static void test_pointers(void)
{
	char *pages = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
			   0);
	char *read_only = pages + PAGE, *nowhere = pages + 2 * PAGE;
	const void *kernel = (void *)0xffff800000000000UL;

	mprotect(read_only, PAGE, PROT_READ);
	munmap(nowhere, PAGE);
	fails("time_nowhere", TIME, nowhere, NULL, (unsigned long)nowhere);
	fails("time_read_only", TIME, read_only, NULL, (unsigned long)read_only);
	fails("time_kernel", TIME, kernel, NULL, (unsigned long)kernel);
	fails("time_crossing", TIME, read_only - 3, NULL, (unsigned long)read_only);
	fails("second_nowhere", GETTIMEOFDAY, pages, nowhere, (unsigned long)nowhere);
	fails("second_kernel", GETTIMEOFDAY, pages, kernel, (unsigned long)kernel);
	fails("both_nowhere", GETTIMEOFDAY, nowhere, nowhere + 8, (unsigned long)nowhere);
	fails("half", GETTIMEOFDAY, read_only - 8, NULL, (unsigned long)read_only);
	fails("cpu_nowhere", GETCPU, nowhere, NULL, (unsigned long)nowhere);
	fails("node_nowhere", GETCPU, NULL, nowhere, (unsigned long)nowhere);
}

static void jump(unsigned long function, unsigned long stack)
{
	__asm__ volatile("xorl %%edi, %%edi; movq %1, %%rsp; jmp *%0" : : "r"(function), "r"(stack));
}

static void jumps(const char *name, unsigned long stack, unsigned long address)
{
	memset(&info, 0, sizeof(info));
	if (sigsetjmp(back, 1) == 0)
		jump(TIME, stack);
	observe_fault(name, address);
	observe(text("%s_at", name), gregs[REG_RIP] == (greg_t)TIME);
	observe(text("%s_stack", name), gregs[REG_RSP] - (greg_t)stack);
}

/* The return address is taken from the stack, whatever it is. */
static void test_stacks(void)
{
	static unsigned long nowhere[1] = { 0x1000 }, not_canonical[1] = { 0x800000000000 };

	jumps("no_stack", 8, -1);
	jumps("kernel_stack", 0xffff888000000000, -1);
	jumps("return_nowhere", (unsigned long)nowhere, 0x1000);
	jumps("return_not_canonical", (unsigned long)not_canonical, 0);
}

static void test_maps(void)
{
	char line[256];
	FILE *file;

	mkdir("/proc", 0755);
	mount("proc", "/proc", "proc", 0, NULL);
	file = fopen("/proc/self/maps", "r");
	while (file && fgets(line, sizeof(line), file))
		if (strstr(line, "[vsyscall]"))
			observe_text("maps", line);
	observe("maps_last", file && strstr(line, "[vsyscall]"));
}

TEST
{
	static char stack[65536];
	struct sigaction a = { .sa_sigaction = note, .sa_flags = SA_SIGINFO | SA_ONSTACK };

	sigaltstack(&(stack_t){ .ss_sp = stack, .ss_size = sizeof(stack) }, NULL);
	sigaction(SIGSEGV, &a, NULL);
	sigaction(SIGBUS, &a, NULL);
	test_answers();
	test_registers();
	test_addresses();
	test_pointers();
	test_stacks();
	test_maps();
	return 0;
}
