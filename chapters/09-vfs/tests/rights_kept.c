/* SPDX-License-Identifier: MIT */
/*
 * rights_kept.c - rights that stay although the user changes (PR_SET_KEEPCAPS) or a program is run
 * (PR_CAP_AMBIENT), and those that a set-user-id program does not get from a caller who could trick
 * it: one that shares its current directory; and one that would have it at addresses known
 * beforehand.
 */
#include "scratch.h"

#include <signal.h>
#include <sys/auxv.h>
#include <sys/personality.h>
#include <sys/prctl.h>

#define CAP_CHOWN 0
#define CAP_KILL  5

struct sets { /* capget(2), version 3 */
	struct {
		unsigned effective, permitted, inheritable;
	} half[2];
};

static void say_sets(const char *name)
{
	unsigned header[2] = { 0x20080522, 0 };
	struct sets sets;

	sys(SYS_capget, header, &sets);
	observe_text(name, text("effective %d permitted %d", sets.half[0].effective != 0,
				sets.half[0].permitted != 0));
}

static void keeping(void)
{
	observe("keep_first", prctl(PR_GET_KEEPCAPS));
	SAYS("keep_2", SYS_prctl, PR_SET_KEEPCAPS, 2);
	SAYS("keep_1", SYS_prctl, PR_SET_KEEPCAPS, 1);
	observe("keep_now", prctl(PR_GET_KEEPCAPS));
	SAYS("bits", SYS_prctl, PR_GET_SECUREBITS);
	if (fork() == 0) {
		observe("keep_inherited", prctl(PR_GET_KEEPCAPS));
		_exit(0);
	}
	wait(NULL);
	sys(SYS_setresuid, 1000, 1000, 1000);
	say_sets("after_setresuid");
	observe("keep_still", prctl(PR_GET_KEEPCAPS));
	SAYS("root_again", SYS_setresuid, 0, 0, 0); /* CAP_SETUID is permitted, not effective */
	SAYS("keep_0", SYS_prctl, PR_SET_KEEPCAPS, 0);
	say_sets("after_keep_0");
}

static void not_keeping(void)
{
	SAYS("on", SYS_prctl, PR_SET_KEEPCAPS, 1);
	SAYS("off", SYS_prctl, PR_SET_KEEPCAPS, 0);
	sys(SYS_setresuid, 1000, 1000, 1000);
	say_sets("not_kept");
	SAYS("on_by_user", SYS_prctl, PR_SET_KEEPCAPS, 1);
}

static void keeping_partly(void)
{
	sys(SYS_prctl, PR_SET_KEEPCAPS, 1);
	sys(SYS_setresuid, 1000, 1000, 0);
	say_sets("saved_root");
	sys(SYS_setresuid, -1, -1, 1000);
	say_sets("no_root");
}

static const char *label;

static void run(const char *file)
{
	char *argv[] = { (char *)file, (char *)label, NULL }, *envp[] = { NULL };

	observe(text("%s_exec", label), sys(SYS_execve, file, argv, envp));
}

static void keeping_over_exec(void)
{
	label = "kept";
	sys(SYS_prctl, PR_SET_KEEPCAPS, 1);
	sys(SYS_setresuid, 1000, 1000, 1000);
	run("plain");
}

static void keeping_as_root(void)
{
	label = "kept_root";
	sys(SYS_prctl, PR_SET_KEEPCAPS, 1);
	run("plain");
}

/* ---- the ambient set ---- */

static long ambient(int what, unsigned long capability)
{
	return sys(SYS_prctl, PR_CAP_AMBIENT, what, capability, 0, 0);
}

/* All that is permitted becomes effective; of capabilities 0 to 31 these inheritable. */
static void inherit(unsigned inheritable)
{
	unsigned header[2] = { 0x20080522, 0 };
	struct sets sets;

	sys(SYS_capget, header, &sets);
	for (int i = 0; i < 2; i++)
		sets.half[i].effective = sets.half[i].permitted;
	sets.half[0].inheritable = inheritable;
	if (sys(SYS_capset, header, &sets))
		abort();
}

static void ambient_calls(void)
{
	observe("ambient_first", ambient(PR_CAP_AMBIENT_IS_SET, CAP_KILL));
	observe("raise_uninheritable", ambient(PR_CAP_AMBIENT_RAISE, CAP_KILL));
	inherit(1 << CAP_KILL);
	observe("raise", ambient(PR_CAP_AMBIENT_RAISE, CAP_KILL));
	observe("raised", ambient(PR_CAP_AMBIENT_IS_SET, CAP_KILL));
	observe("raise_other", ambient(PR_CAP_AMBIENT_RAISE, CAP_CHOWN));
	observe("lower_other", ambient(PR_CAP_AMBIENT_LOWER, CAP_CHOWN));
	observe("lower", ambient(PR_CAP_AMBIENT_LOWER, CAP_KILL));
	observe("lowered", ambient(PR_CAP_AMBIENT_IS_SET, CAP_KILL));
	observe("raise_unknown", ambient(PR_CAP_AMBIENT_RAISE, 41));
	observe("is_unknown_set", ambient(PR_CAP_AMBIENT_IS_SET, 64));
	observe("unknown_wish", ambient(9, CAP_KILL));
	observe("unknown_both", ambient(9, 41));
	observe("clear_one", ambient(PR_CAP_AMBIENT_CLEAR_ALL, CAP_KILL));
	SAYS("is_set_more", SYS_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, CAP_KILL, 0, 1);
	SAYS("clear_more", SYS_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 1, 0);
	ambient(PR_CAP_AMBIENT_RAISE, CAP_KILL);
	observe("clear", ambient(PR_CAP_AMBIENT_CLEAR_ALL, 0));
	observe("cleared", ambient(PR_CAP_AMBIENT_IS_SET, CAP_KILL));
	ambient(PR_CAP_AMBIENT_RAISE, CAP_KILL);
	inherit(0);
	observe("not_inheritable_any_more", ambient(PR_CAP_AMBIENT_IS_SET, CAP_KILL));
	inherit(1 << CAP_KILL);
	ambient(PR_CAP_AMBIENT_RAISE, CAP_KILL);
	sys(SYS_prctl, PR_SET_KEEPCAPS, 1);
	sys(SYS_setresuid, 1000, 1000, 1000);
	observe("root_given_up", ambient(PR_CAP_AMBIENT_IS_SET, CAP_KILL));
}

/* An ordinary user with one right that passes to what he runs; but not to what gains an identity. */
static void ambient_run(const char *name, const char *file)
{
	label = name;
	sys(SYS_prctl, PR_SET_KEEPCAPS, 1);
	sys(SYS_setresuid, 1000, 1000, 1000);
	inherit(1 << CAP_KILL);
	observe(text("%s_raise", name), ambient(PR_CAP_AMBIENT_RAISE, CAP_KILL));
	run(file);
}

static void ambient_plain(void)
{
	ambient_run("ambient_plain", "plain");
}

static void ambient_other(void)
{
	ambient_run("ambient_other", "other");
}

/* ---- the program that is run ---- */

static void say(const char *name)
{
	unsigned r, e, s;

	getresuid(&r, &e, &s);
	observe_text(text("%s_uid", name), text("%u %u %u", r, e, s));
	getresgid(&r, &e, &s);
	observe_text(text("%s_gid", name), text("%u %u %u", r, e, s));
	observe(text("%s_secure", name), (long)getauxval(AT_SECURE));
	observe(text("%s_keep", name), prctl(PR_GET_KEEPCAPS));
	observe(text("%s_ambient", name), ambient(PR_CAP_AMBIENT_IS_SET, CAP_KILL));
	say_sets(text("%s_sets", name));
}

static void say_where(void)
{
	void *map = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (write(5, &map, sizeof(map)) != sizeof(map))
		abort();
}

static void program(const char *name, unsigned uid, unsigned gid, unsigned mode)
{
	copy_self(name);
	if (chown(name, uid, gid) || chmod(name, mode))
		abort();
}

/* ---- who shares a directory ---- */

static int unshared, as_user;

/* There until the program has been run. */
static int waiting(void *unused)
{
	while (access(text("%s_done", label), F_OK))
		sched_yield();
	return unused != NULL;
}

static void run_shared(void)
{
	static char stack[65536] __attribute__((aligned(16)));

	clone(waiting, stack + sizeof(stack), (unshared ? 0 : CLONE_FS) | SIGCHLD, NULL);
	if (as_user)
		become(1000, 1000);
	run(label[0] == 'g' ? "group" : label[0] == 'p' ? "plain" : "other");
}

static void shared(const char *name, int user, int alone)
{
	label = name;
	as_user = user;
	unshared = alone;
	observe(text("%s_status", name), in_child(run_shared));
	close(open(text("%s_done", name), O_CREAT | O_WRONLY, 0644));
}

/* ---- addresses ---- */

static const char *which;

static void run_where(void)
{
	char *argv[] = { (char *)which, "where", NULL }, *envp[] = { NULL };

	personality(ADDR_NO_RANDOMIZE);
	become(1000, 1000);
	execve(which, argv, envp);
}

static void where(const char *key, const char *file)
{
	void *at[2] = { NULL, NULL };
	int fd = open("where", O_CREAT | O_TRUNC | O_RDWR, 0644);

	which = file;
	dup2(fd, 5);
	for (int i = 0; i < 2; i++)
		in_child(run_where);
	if (pread(fd, at, sizeof(at), 0) != sizeof(at))
		abort();
	close(5);
	close(fd);
	observe(key, at[0] == at[1]);
}

TEST
{
	if (test_argc > 1) {
		if (!strcmp(test_argv[1], "where"))
			say_where();
		else
			say(test_argv[1]);
		return 0;
	}
	scratch();
	program("plain", 0, 0, 0755);
	program("other", 1001, 1001, 04755);
	program("group", 0, 1002, 02755);
	in_child(keeping);
	in_child(not_keeping);
	in_child(keeping_partly);
	in_child(keeping_over_exec);
	in_child(keeping_as_root);
	in_child(ambient_calls);
	in_child(ambient_plain);
	in_child(ambient_other);
	shared("alone", 1, 1);
	shared("other", 1, 0);
	shared("group", 1, 0);
	shared("plain", 1, 0);
	shared("other_root", 0, 0);
	shared("group_root", 0, 0);
	where("plain_same_place", "plain");
	where("other_same_place", "other");
	where("group_same_place", "group");
	return 0;
}
