/* SPDX-License-Identifier: MIT */
/* rights.c - each segment has the rights that its program header gives, and no others. */
#include "test.h"

static const char constants[100] = "constant";
static char data[100] = { (char)0xc3 }; /* ret */
static char zeros[100];

static void write_code(void)
{
	*(volatile char *)(uintptr_t)write_code = 0;
}
static void write_constants(void)
{
	*(volatile char *)constants = 'x';
}
static void write_data(void)
{
	*(volatile char *)data = *(volatile char *)zeros = 1;
}
static void run_data(void)
{
	((void (*)(void))(uintptr_t)data)();
}
static void run_stack(void)
{
	volatile char code[16] = { (char)0xc3 };

	((void (*)(void))(uintptr_t)code)();
}
static void read_code(void)
{
	volatile char c = *(volatile char *)(uintptr_t)read_code;

	(void)c;
}
static void read_null(void)
{
	volatile char c = *(volatile char *)(uintptr_t)test_argc; /* 1: in the first page */

	(void)c;
}

TEST
{
	observe_child("write_code", write_code);
	observe_child("write_constants", write_constants);
	observe_child("write_data", write_data);
	observe_child("run_data", run_data);
	observe_child("run_stack", run_stack);
	observe_child("read_code", read_code);
	observe_child("read_null", read_null);
	observe_text("constants", constants);
	return 0;
}
