/* SPDX-License-Identifier: MIT */
/*
 * user_stack.c - the first stack of a program, as the System V ABI (AMD64 supplement 3.4.1) and
 * Linux lay it out, from the top:
 *
 *	8 bytes of zero
 *	the name given to exec			AT_EXECFN
 *	strings of envp, strings of argv	(loader/arguments.c)
 *	a random gap of up to 8 KiB
 *	"x86_64"				AT_PLATFORM
 *	16 random bytes				AT_RANDOM
 *	auxiliary vector, AT_NULL last
 *	pointers to envp's strings, NULL
 *	pointers to argv's strings, NULL
 *	argc					<- rsp, a multiple of 16
 *
 * The stack belongs to a space that may not be loaded yet: bytes go through the direct map, page
 * by page (user_stack_window).
 *
 * The order of the auxiliary vector, the size of the gap and the alignment are what Linux's
 * programs may have come to rely on (getauxval(3)); C libraries read argc before anything else.
 */
#include "abi/auxv.h"
#include "abi/errno.h"
#include "lib/random.h"
#include "lib/string.h"
#include "loader/program.h"
#include "task/credentials.h"
#include "task/process.h"

#define AREA_PIECE   (132UL << 10) /* the area grows by this while strings are copied */
#define BELOW_STRINGS (128UL << 10) /* mapped below what is used, as on Linux */
#define GAP_MAX	     8192
#define PLATFORM     "x86_64"
#define SIGNAL_STACK_MIN 2048 /* beside the extended state: what a signal frame needs */

/* ---- the area and its pages ---- */

static int area_add(struct program *program, user_address low)
{
	struct map_request request = {
		.address = low, .bytes = program->stack_low - low, .fixed = true,
		.flags = AREA_READ | AREA_WRITE | AREA_STACK | AREA_GROWS_DOWN | AREA_MAY_READ |
			 AREA_MAY_WRITE | AREA_MAY_EXECUTE,
		.ops = &anonymous_ops,
	};
	user_address at;
	int error = area_map(program->space, &request, &at);

	if (!error)
		program->stack_low = low;
	return error;
}

/* Makes the page and remembers it as the window: strings go down, and most of them stay in one
 * page. */
static int page_obtain(struct program *program, user_address page)
{
	physical_address at;
	uint64_t flags;
	int error = 0;

	if (page < program->stack_low)
		error = area_add(program, program->stack_low - AREA_PIECE);
	if (!error)
		error = address_space_fault(program->space, page, AREA_WRITE);
	if (error)
		return error;
	if (!page_table_translate(program->space->root, page, &at, &flags))
		return -ENOMEM;
	program->window_page = page;
	program->window = direct_map(at);
	return 0;
}

char *user_stack_window(struct program *program, user_address at)
{
	user_address page = round_down(at, PAGE_SIZE);

	assert(page < program->stack_top && program->stack_low <= program->stack_top);
	if (page != program->window_page && page_obtain(program, page))
		return NULL;
	return program->window + (at - page);
}

/* ---- words and bytes, on their way up ---- */

struct writer {
	struct program *program;
	user_address at;
	int error;
};

static void put_bytes(struct writer *writer, const void *from, size_t bytes)
{
	while (bytes && !writer->error) {
		size_t now = min(bytes, PAGE_SIZE - writer->at % PAGE_SIZE);
		char *to = user_stack_window(writer->program, writer->at);

		if (!to) {
			writer->error = -ENOMEM;
			return;
		}
		memcpy(to, from, now);
		writer->at += now;
		from = (const char *)from + now;
		bytes -= now;
	}
}

static void put_word(struct writer *writer, uint64_t word)
{
	put_bytes(writer, &word, sizeof(word));
}

/* ---- the auxiliary vector ---- */

struct vector {
	struct auxv_entry *entries;
	size_t count;
};

static void vector_add(struct vector *vector, uint64_t type, uint64_t value)
{
	static_assert(sizeof(((struct address_space *)0)->auxv) == 24 * sizeof(struct auxv_entry),
		      "the vector that the space keeps has room for 24 pairs");
	assert(vector->count < 24);
	vector->entries[vector->count++] = (struct auxv_entry){ type, value };
}

/* What every format says the same; the order is Linux's. */
static void vector_fill(struct vector *vector, const struct program *program,
			const struct auxv_entry *format, size_t count, user_address platform,
			user_address random)
{
	const struct credentials *who = current->credentials;

	if (program->vdso)
		vector_add(vector, AT_SYSINFO_EHDR, program->vdso);
	vector_add(vector, AT_MINSIGSTKSZ, SIGNAL_STACK_MIN + fpu_area_size);
	vector_add(vector, AT_HWCAP, cpu_features.hwcap);
	vector_add(vector, AT_PAGESZ, PAGE_SIZE);
	vector_add(vector, AT_CLKTCK, 100);
	for (size_t i = 0; i < count; i++)
		vector_add(vector, format[i].a_type, format[i].a_val);
	vector_add(vector, AT_FLAGS, 0);
	vector_add(vector, AT_UID, who->uid);
	vector_add(vector, AT_EUID, who->euid);
	vector_add(vector, AT_GID, who->gid);
	vector_add(vector, AT_EGID, who->egid);
	vector_add(vector, AT_SECURE, program->secure);
	vector_add(vector, AT_RANDOM, random);
	vector_add(vector, AT_HWCAP2, cpu_features.hwcap2);
	vector_add(vector, AT_EXECFN, program->name_at);
	vector_add(vector, AT_PLATFORM, platform);
	vector_add(vector, AT_NULL, 0);
}

/* ---- the whole ---- */

/* "x86_64" and the random bytes, below the strings; *platform and *random are where they lie. */
static int identity_put(struct program *program, user_address *platform, user_address *random)
{
	uint8_t bytes[16];
	struct writer writer = { .program = program };

	if (program->randomise)
		program->at -= random_below(GAP_MAX);
	program->at = round_down(program->at, 16UL);
	program->at -= sizeof(PLATFORM);
	*platform = writer.at = program->at;
	put_bytes(&writer, PLATFORM, sizeof(PLATFORM));
	random_bytes(bytes, sizeof(bytes));
	program->at -= sizeof(bytes);
	*random = writer.at = program->at;
	put_bytes(&writer, bytes, sizeof(bytes));
	return writer.error;
}

static int table_put(struct program *program, const struct vector *vector)
{
	uint64_t words = 1 + program->argc + 1 + program->envc + 1 + 2 * vector->count;
	user_address *strings = program->strings + program->first;
	struct writer writer = { .program = program };

	/* The ABI: rsp is a multiple of 16 at the entry, with argc on top of the stack. */
	program->at = round_down(program->at - words * sizeof(uint64_t), 16UL);
	writer.at = program->stack_pointer = program->at;
	assert(program->first + program->argc + program->envc < program->strings_size);
	put_word(&writer, program->argc);
	put_bytes(&writer, strings, program->argc * sizeof(*strings));
	put_word(&writer, 0);
	put_bytes(&writer, strings + program->argc, program->envc * sizeof(*strings));
	put_word(&writer, 0);
	put_bytes(&writer, vector->entries, vector->count * sizeof(*vector->entries));
	return writer.error;
}

/* Where the strings are, for /proc/PID/cmdline and environ. */
static void strings_remember(struct program *program)
{
	struct address_space *space = program->space;
	const user_address *end = &program->strings[program->first + program->argc];

	assert(program->first + program->argc < program->strings_size);
	space->argument_start = program->strings[program->first];
	space->argument_end = space->environment_start = *end;
	space->environment_end = program->name_at;
}

/* The area ends up 128 KiB below what is used; a stack that may run code says so now. */
static int area_finish(struct program *program)
{
	user_address low = round_down(program->at, PAGE_SIZE) - BELOW_STRINGS;
	int error = 0;

	if (low < program->stack_low)
		error = area_add(program, low);
	if (!error && program->stack_executable)
		error = area_protect(program->space, program->stack_low,
				     program->stack_top - program->stack_low,
				     AREA_READ | AREA_WRITE | AREA_EXECUTE);
	return error;
}

int user_stack_build(struct program *program, const struct auxv_entry *format, size_t count)
{
	struct vector vector = { .entries = (struct auxv_entry *)program->space->auxv };
	user_address platform, random;
	int error;

	assert(program->committed && program->argc > 0);
	strings_remember(program);
	error = identity_put(program, &platform, &random);
	vector_fill(&vector, program, format, count, platform, random);
	if (!error)
		error = table_put(program, &vector);
	if (!error)
		error = area_finish(program);
	/* The window is a page of a space that will be the program's own from now on. */
	program->window_page = 0;
	return error;
}
