/* SPDX-License-Identifier: MIT */
/* victim.c - the smallest program there is, with code, constants, data and zeros; exits with 42. */
static const int two[4] = { 2, 2, 2, 2 };
static volatile int forty = 40, zero[3000];

__attribute__((used)) static int answer(void)
{
	zero[2000] = two[forty & 3];
	return forty + zero[2000];
}

__asm__(".globl _start\n_start:\n\tcall answer\n\tmov %eax, %edi\n\tmov $60, %eax\n\tsyscall\n");
