/* SPDX-License-Identifier: MIT */
/* libc.c - what a test program with a C library needs beside test.c. */
#include "test.h"

int main(void)
{
	return test_main();
}
