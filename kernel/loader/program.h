/* SPDX-License-Identifier: MIT */
/*
 * program.h - a program on its way from a file to user mode: what exec, the executable formats and
 * the first stack work on together.
 *
 * Life: made by exec (loader/exec.c) with an address space of its own that no task has yet; filled
 * with the strings of argv and envp; given to the formats, which check everything they can and then
 * call program_commit(): from there on the task has the new space, and failing means dying.
 *
 * Strings grow down from stack_top: first the name, then the environment, last the arguments, each
 * list from its end; so a script's interpreter can be put in front.  `strings` remembers where each
 * starts: strings[first .. first + argc - 1] are the arguments, behind them envc of environment.
 */
#pragma once

#include "fs/executable.h"
#include "memory/address_space.h"

#define PROGRAM_HEAD 256      /* bytes that decide the format (BINPRM_BUF_SIZE) */
#define PROGRAM_NESTING_MAX 5 /* scripts that interpret scripts; one more is ELOOP */

struct program {
	struct executable executable; /* what is tried now; a script puts its interpreter here */
	uint8_t head[PROGRAM_HEAD];   /* its first bytes, zeros behind its end */
	const char *name;	      /* as given to exec: AT_EXECFN, and the task's name */
	const char *path;	      /* of `executable`: the name, or the last interpreter's */
	char *interpreter_path;	      /* kmalloc'ed storage of path, or NULL */

	struct address_space *space;
	bool committed;		      /* the point of no return is behind us */

	user_address stack_top, stack_low; /* the stack's area so far: [low, top) */
	user_address at;	      /* the lowest byte that a string uses */
	user_address floor;	      /* strings may not go below: E2BIG */
	user_address name_at;	      /* where the name lies */
	user_address *strings;
	uint32_t strings_size, first, argc, envc;
	bool stack_executable;

	user_address window_page;     /* the stack page that window points to, or 0 */
	char *window;

	bool secure;		      /* AT_SECURE: it gained rights by being run */
	bool sets_ids;		      /* its file's set-ID bits count, changing anything or not */
	bool randomise;

	user_address vdso;	      /* AT_SYSINFO_EHDR; 0: there is none */
	user_address entry, stack_pointer; /* what the registers will say */
};

/* An open set: REGISTER(executable_format, elf_format). */
struct executable_format {
	const char *name;
	/*
	 * 0: the program is ready to be entered.  -ENOEXEC: not of this format.  PROGRAM_AGAIN: it
	 * was replaced by its interpreter.  Other errors end the exec (after program_commit(): the
	 * task).
	 */
	int (*load)(struct program *program);
};
#define PROGRAM_AGAIN 1

/* ---- executable_read.c ---- */
/* Reads from the contents; the bytes read (less only at the end of the file), -EIO, -ENOMEM. */
ssize_t executable_read(const struct executable *executable, uint64_t offset, void *to,
			size_t bytes);

/* ---- arguments.c ---- */
/* Lists of strings: of the calling program, or of the kernel for process 1. */
struct string_list {
	user_address user;
	const char *const *kernel; /* used when it is not NULL */
};
/* Counts both lists, sets the limits and copies all strings.  -E2BIG, -EFAULT, -ENOMEM. */
int arguments_copy(struct program *program, struct string_list argv, struct string_list envp);
/* For scripts: drops argv[0]; puts a string in front of argv. */
void arguments_drop_first(struct program *program);
int arguments_push(struct program *program, const char *text);

/* ---- user_stack.c ---- */
/* The byte at `at` of the new stack, through the direct map, valid to its page's end; or NULL. */
char *user_stack_window(struct program *program, user_address at);
struct auxv_entry;
/* Lays out argc, the pointers, the auxiliary vector; `format`: entries that the format knows. */
int user_stack_build(struct program *program, const struct auxv_entry *format, size_t count);

/* ---- layout.c: where things go, randomised unless told not to ---- */
#define LAYOUT_PIE_BASE 0x555555554000UL /* two thirds of the user half */
void layout_choose(struct program *program);		  /* stack_top, space->mmap_top */
/* The same for a program that gains rights, whose caller may not say that it be not random: the
 * stack, which holds strings by now, stays where it is. */
void layout_choose_again(struct program *program);
user_address layout_pie_base(const struct program *program);
user_address layout_brk(const struct program *program, user_address end); /* at or above `end` */

/* ---- vdso.c ---- */
void vdso_init(void); /* where boot ends: the clocks are exact by now */
/* Maps it into the new space, whose stack holds the strings by now.  0 or -ENOMEM. */
int vdso_map(struct program *program);

/* ---- exec_commit.c ---- */
/* The point of no return.  An error before it was reached: nothing has happened. */
int program_commit(struct program *program);
