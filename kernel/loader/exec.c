/* SPDX-License-Identifier: MIT */
/*
 * exec.c - execve(2) and execveat(2): the process stays, its program is replaced.
 *
 * Order, which is also the order of errors on Linux: the path is read, the strings are counted and
 * copied into a space that nobody has yet, the file is opened, the formats look at it.  The format
 * that knows it checks what it can and then passes the point of no return (program_commit); a
 * failure behind it kills the task by SIGSEGV, because there is nothing left to return to.
 *
 * Errors: E2BIG, EACCES, EFAULT, EINVAL, ELIBBAD, ELOOP, ENAMETOOLONG, ENOENT, ENOEXEC, ENOMEM,
 * ENOTDIR, EPERM, ETXTBSY, as execve(2) lists them; EINVAL for unknown flags of execveat.
 *
 * A program that names neither interpreter nor format is ENOEXEC; that shells then run it as a
 * script is their own doing (execvp(3)).
 */
#include "abi/errno.h"
#include "abi/fcntl.h"
#include "abi/limits.h"
#include "abi/prctl.h"
#include "abi/signal.h"
#include "abi/syscalls.h"
#include "arch/offsets.h"
#include "lib/command_line.h"
#include "lib/printf.h"
#include "lib/registry.h"
#include "lib/string.h"
#include "loader/exec.h"
#include "loader/program.h"
#include "memory/heap.h"
#include "memory/user_copy.h"
#include "task/task.h"

#define SHOWN_MAX (PATH_MAX + 32) /* a path behind "/dev/fd/N/" */

/* A shorter file leaves zeros behind its end: formats need not look at its length. */
static int head_read(struct program *program)
{
	ssize_t got;

	memset(program->head, 0, sizeof(program->head));
	got = executable_read(&program->executable, 0, program->head, sizeof(program->head));
	return got < 0 ? (int)got : 0;
}

/* Asks every format; more than one may look, one at most says something else than -ENOEXEC. */
static int formats_try(struct program *program)
{
	struct executable_format **each;
	int result = head_read(program);

	if (result)
		return result;
	result = -ENOEXEC;
	registry_for_each(executable_format, each) {
		result = (*each)->load(program);
		if (result != -ENOEXEC || program->committed)
			break;
	}
	return result;
}

/* A script makes the formats look again, at its interpreter: a chain of those has an end. */
static int program_load(struct program *program)
{
	assert(!program->committed);
	for (int depth = 0; depth <= PROGRAM_NESTING_MAX; depth++) {
		int result = formats_try(program);

		if (result != PROGRAM_AGAIN)
			return result;
	}
	return -ELOOP;
}

/* A space of its own from the start, so that strings are copied once, to where they will lie. */
static int program_begin(struct program *program, const char *name)
{
	*program = (struct program){ .name = name, .path = name };
	program->randomise = !(current->personality & ADDR_NO_RANDOMIZE) &&
			     !command_line_has("norandmaps");
	program->space = address_space_create();
	if (!program->space)
		return -ENOMEM;
	layout_choose(program);
	return 0;
}

/* What is left of it; the space and the file belong to the task once it is committed. */
static void program_end(struct program *program)
{
	if (program->space && !program->committed)
		address_space_put(program->space);
	if (program->executable.cache && !program->committed)
		executable_close(&program->executable);
	kfree(program->strings);
	kfree(program->interpreter_path);
}

/* A fresh program finds all registers 0 but these (System V ABI, AMD64 supplement 3.4.1). */
static void registers_set(const struct program *program)
{
	assert(program->committed && program->entry < USER_END);
	assert(program->stack_pointer % 16 == 0 && program->stack_pointer < USER_END);
	*task_registers(current) = (struct registers){
		.orig_rax = -1, .rip = program->entry, .cs = USER_CODE, .rflags = RFLAGS_IF,
		.rsp = program->stack_pointer, .ss = USER_DATA,
	};
	task_add_work(current, WORK_NO_SYSRET);
}

/* The struct is too large for the stack.  On an error before the point of no return the caller has
 * lost nothing. */
static int exec(int directory, const char *name, int flags, const char *shown,
		struct string_list argv, struct string_list envp)
{
	struct program *program = kmalloc(sizeof(*program));
	int error;

	if (!program)
		return -ENOMEM;
	error = program_begin(program, shown);
	if (!error)
		error = arguments_copy(program, argv, envp);
	if (!error)
		error = executable_open(directory, name, flags, &program->executable);
	if (!error)
		error = program_load(program);
	if (!error)
		registers_set(program);
	else if (program->committed)
		/* The old program is gone, the new one is not whole: whatever is returned, nobody
		 * reads it. */
		signal_force_kill(SIGSEGV);
	program_end(program);
	kfree(program);
	return error;
}

int exec_kernel(const char *path, const char *const *argv, const char *const *envp)
{
	return exec(AT_FDCWD, path, 0, path, (struct string_list){ .kernel = argv },
		    (struct string_list){ .kernel = envp });
}

/* ---- the calls ---- */

/* A path of the program's; "" only where a descriptor may stand alone. */
static int path_read(char *path, user_address from, bool empty_allowed)
{
	long length = user_read_string(path, from, PATH_MAX);

	if (length < 0)
		return (int)length;
	return length == 0 && !empty_allowed ? -ENOENT : 0;
}

/* What the program shall believe to be its name when it was named by a descriptor. */
static const char *shown_name(int directory, const char *path, char *room)
{
	if (directory == AT_FDCWD || path[0] == '/')
		return path;
	if (path[0] == '\0')
		snprintf(room, SHOWN_MAX, "/dev/fd/%d", directory);
	else
		snprintf(room, SHOWN_MAX, "/dev/fd/%d/%s", directory, path);
	return room;
}

long sys_execveat(int directory, user_address path, user_address argv, user_address envp, int flags)
{
	char *name = kmalloc(PATH_MAX), *shown = kmalloc(SHOWN_MAX);
	int error = name && shown ? 0 : -ENOMEM;

	if (flags & ~(AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW))
		error = -EINVAL;
	if (!error)
		error = path_read(name, path, flags & AT_EMPTY_PATH);
	if (!error)
		error = exec(directory, name, flags, shown_name(directory, name, shown),
			     (struct string_list){ .user = argv },
			     (struct string_list){ .user = envp });
	kfree(shown);
	kfree(name);
	return error;
}

long sys_execve(user_address path, user_address argv, user_address envp)
{
	char *name = kmalloc(PATH_MAX);
	int error = name ? path_read(name, path, false) : -ENOMEM;

	if (!error)
		error = exec(AT_FDCWD, name, 0, name, (struct string_list){ .user = argv },
			     (struct string_list){ .user = envp });
	kfree(name);
	return error;
}
