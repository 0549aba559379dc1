/* SPDX-License-Identifier: MIT */
/* new in task/umip.c */
/*
 * umip.c - instructions that UMIP forbids to programs, done all the same: SGDT, SIDT, SMSW, SLDT, STR.
 *
 * They store what is no secret in itself (a base, a selector, CR0), but tells where the kernel lies.  Old
 * programs execute them and look at little of what they get, so they get Linux's: tables at addresses that
 * are nobody's, no LDT, the selector that a task register has on Linux, CR0 as it always is.
 *
 * The processor faults before it has done anything, so all is here: to find the instruction's parts (SDM
 * vol. 2A, chapter 2: prefixes, opcode, ModR/M, SIB, displacement), to write the operand as the program
 * itself would, and to go on behind it.  What is none of the five is an ordinary #GP.
 *
 * Where the program's memory ends, it gets the operand's page fault, not the #GP.  As on Linux, SMSW into 32
 * bits of a register leaves the upper half (the processor would clear it).
 */
#include "abi/signal.h"
#include "lib/assert.h"
#include "lib/string.h"
#include "memory/address_space.h"
#include "task/task.h"

#define INSTRUCTION_MOST 15 /* bytes */

#define GDT_BASE  0xfffffffffffe0000UL
#define IDT_BASE  0xffffffffffff0000UL
#define CR0_SEEN  0x80050033UL /* PG AM WP NE ET MP PE */
#define TASK_SEEN 0x40

#define REX_B 1
#define REX_X 2
#define REX_W 8

struct instruction {
	uint8_t bytes[INSTRUCTION_MOST + 1]; /* what could not be read is 0, which ends every search */
	unsigned at;			     /* the next byte to look at; at last, the length */
	uint8_t rex, modrm;
	bool operand_16, address_32;
	uint64_t segment; /* the base of %fs or %gs, if it is named */
};

/* The general registers by number (SDM vol. 2A, table 2-2). */
static const uint16_t register_offsets[16] = {
	offsetof(struct registers, rax), offsetof(struct registers, rcx), offsetof(struct registers, rdx),
	offsetof(struct registers, rbx), offsetof(struct registers, rsp), offsetof(struct registers, rbp),
	offsetof(struct registers, rsi), offsetof(struct registers, rdi), offsetof(struct registers, r8),
	offsetof(struct registers, r9),	 offsetof(struct registers, r10), offsetof(struct registers, r11),
	offsetof(struct registers, r12), offsetof(struct registers, r13), offsetof(struct registers, r14),
	offsetof(struct registers, r15),
};

static void *register_at(struct registers *r, unsigned number)
{
	return (char *)r + register_offsets[number];
}

static uint64_t register_value(struct registers *r, unsigned number, bool extended)
{
	return *(uint64_t *)register_at(r, number + (extended ? 8 : 0));
}

/* ---- the parts of an instruction ---- */

/* A REX prefix counts only as the last one. */
static void prefixes_take(struct instruction *in)
{
	while (in->at < INSTRUCTION_MOST) {
		uint8_t byte = in->bytes[in->at];

		if (byte == 0x66)
			in->operand_16 = true;
		else if (byte == 0x67)
			in->address_32 = true;
		else if (byte == 0x64)
			in->segment = fs_base_get();
		else if (byte == 0x65)
			in->segment = user_gs_base_get();
		else if (byte != 0x2e && byte != 0x36 && byte != 0x3e && byte != 0x26 && byte != 0xf2 && byte != 0xf3)
			break;
		in->at++;
	}
	if ((in->bytes[in->at] & 0xf0) == 0x40)
		in->rex = in->bytes[in->at++];
}

/* Of 1 or 4 bytes, with a sign. */
static int64_t displacement_take(struct instruction *in, unsigned bytes)
{
	int8_t small;
	int32_t large;

	if (!bytes || in->at + bytes > INSTRUCTION_MOST)
		return 0;
	in->at += bytes;
	memcpy(&small, in->bytes + in->at - bytes, 1);
	memcpy(&large, in->bytes + in->at - bytes, bytes == 4 ? 4 : 0);
	return bytes == 1 ? small : large;
}

/* Base and scaled index; *bytes of displacement become four where there is no base. */
static uint64_t sib_take(struct registers *r, struct instruction *in, unsigned *bytes)
{
	uint8_t sib = in->bytes[in->at++];
	unsigned index = sib >> 3 & 7, base = sib & 7;
	uint64_t address = 0;

	if (index != 4 || in->rex & REX_X)
		address = register_value(r, index, in->rex & REX_X) << (sib >> 6);
	if (base != 5 || in->modrm >> 6)
		return address + register_value(r, base, in->rex & REX_B);
	*bytes = 4;
	return address;
}

/* The operand's address; behind it in->at is the instruction's length, since nothing follows. */
static uint64_t memory_operand(struct registers *r, struct instruction *in)
{
	static const uint8_t lengths[] = { 0, 1, 4 }; /* of the displacement, by the upper bits */
	unsigned place = in->modrm & 7, bytes = lengths[in->modrm >> 6];
	bool relative = place == 5 && !(in->modrm >> 6);
	uint64_t address = 0;

	if (place == 4)
		address = sib_take(r, in, &bytes);
	else if (relative)
		bytes = 4;
	else
		address = register_value(r, place, in->rex & REX_B);
	address += displacement_take(in, bytes);
	if (relative)
		address += r->rip + in->at;
	if (in->address_32)
		address = (uint32_t)address;
	return address + in->segment;
}

/* ---- what they store ---- */

struct table {
	uint16_t limit;
	uint64_t base;
} packed;

/* Bytes of the result in *to, 0: none of ours.  `opcode` is the second byte behind 0f, `which` ModR/M's middle. */
static unsigned result_find(const struct instruction *in, uint8_t opcode, struct table *to)
{
	unsigned which = in->modrm >> 3 & 7;
	bool in_register = in->modrm >> 6 == 3;
	uint64_t word;

	if (opcode == 1 && which < 2 && !in_register) {
		*to = (struct table){ .base = which ? IDT_BASE : GDT_BASE };
		return sizeof(*to);
	}
	if (opcode == 1 && which == 4)
		word = CR0_SEEN;
	else if (opcode == 0 && which < 2)
		word = which ? TASK_SEEN : 0;
	else
		return 0;
	memcpy(to, &word, sizeof(word));
	if (!in_register || in->operand_16)
		return 2;
	return in->rex & REX_W ? 8 : 4;
}

/* True: done, or the signal is on its way. */
bool umip_emulate(struct registers *r);
bool umip_emulate(struct registers *r)
{
	struct instruction in = { 0 };
	struct table result;
	unsigned bytes;
	uint64_t address;

	space_copy(current->space, r->rip, in.bytes, INSTRUCTION_MOST, false);
	prefixes_take(&in);
	if (in.at > INSTRUCTION_MOST - 3 || in.bytes[in.at] != 0x0f)
		return false;
	in.modrm = in.bytes[in.at + 2];
	bytes = result_find(&in, in.bytes[in.at + 1], &result);
	if (!bytes)
		return false;
	in.at += 3;
	if (in.modrm >> 6 == 3) {
		memcpy(register_at(r, (in.modrm & 7) + (in.rex & REX_B ? 8 : 0)), &result, bytes);
		r->rip += in.at;
		return true;
	}
	address = memory_operand(r, &in);
	if (space_copy(current->space, address, &result, bytes, true) == bytes)
		r->rip += in.at;
	else
		task_fault(r, SIGSEGV, SEGV_MAPERR, address);
	return true;
}
