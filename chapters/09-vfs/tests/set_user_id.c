/* SPDX-License-Identifier: MIT */
/*
 * set_user_id.c - whom a program acts as: its file's set-user-id and set-group-id bits, what takes
 * them away, and what a program is told and loses when it gains rights.
 *
 * The program copies itself into files of several owners and modes, and says who it is when it is
 * run with an argument.
 */
#include "scratch.h"

#include <signal.h>
#include <sys/auxv.h>
#include <sys/mount.h>
#include <sys/personality.h>
#include <sys/prctl.h>

#define NAME_WITHOUT_PERSON 0xffffffff

/* ---- the program that is run ---- */

struct sets { /* capget(2), version 3 */
	struct {
		unsigned effective, permitted, inheritable;
	} half[2];
};

static const char *amount(unsigned long set)
{
	unsigned long bounding = 0;

	for (int i = 0; i < 64; i++)
		if (prctl(PR_CAPBSET_READ, i) == 1)
			bounding |= 1UL << i;
	return set == 0 ? "none" : set == bounding ? "all" : "some";
}

static void say(const char *name)
{
	unsigned header[2] = { 0x20080522, 0 };
	struct rlimit stack;
	struct sets sets;
	unsigned r, e, s;
	int signal;

	getresuid(&r, &e, &s);
	observe_text(text("%s_uid", name), text("%u %u %u", r, e, s));
	getresgid(&r, &e, &s);
	observe_text(text("%s_gid", name), text("%u %u %u", r, e, s));
	observe_text(text("%s_fs", name),
		     text("%u %u", (unsigned)sys(SYS_setfsuid, -1), (unsigned)sys(SYS_setfsgid, -1)));
	observe_text(text("%s_told_uid", name),
		     text("%u %u", (unsigned)getauxval(AT_UID), (unsigned)getauxval(AT_EUID)));
	observe_text(text("%s_told_gid", name),
		     text("%u %u", (unsigned)getauxval(AT_GID), (unsigned)getauxval(AT_EGID)));
	observe(text("%s_secure", name), (long)getauxval(AT_SECURE));
	observe(text("%s_dumpable", name), prctl(PR_GET_DUMPABLE, 0, 0, 0, 0));
	observe(text("%s_no_new", name), prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
	sys(SYS_capget, header, &sets);
	observe_text(text("%s_effective", name),
		     amount(sets.half[0].effective | (unsigned long)sets.half[1].effective << 32));
	observe_text(text("%s_permitted", name),
		     amount(sets.half[0].permitted | (unsigned long)sets.half[1].permitted << 32));
	prctl(PR_GET_PDEATHSIG, &signal);
	observe(text("%s_death_signal", name), signal);
	getrlimit(RLIMIT_STACK, &stack);
	observe(text("%s_stack", name), (long)(stack.rlim_cur >> 20));
	observe_hex(text("%s_personality", name), (unsigned long)personality(NAME_WITHOUT_PERSON));
}

/* ---- the files ---- */

static char *image;
static size_t image_size;

static void image_read(void)
{
	int fd = open(self(), O_RDONLY);
	struct stat status;

	fstat(fd, &status);
	image_size = (size_t)status.st_size;
	image = mmap(NULL, image_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
}

static void make(const char *name, const void *bytes, size_t size, unsigned uid, unsigned gid,
		 unsigned mode)
{
	int fd = open(name, O_CREAT | O_WRONLY | O_TRUNC, 0600);

	if (fd < 0 || write(fd, bytes, size) != (ssize_t)size || fchown(fd, uid, gid) ||
	    fchmod(fd, mode))
		abort();
	close(fd);
}

static void program(const char *name, unsigned uid, unsigned gid, unsigned mode)
{
	make(name, image, image_size, uid, gid, mode);
}

/* ---- running them ---- */

static const char *running, *label;
static void (*prepare)(void);

static void run_it(void)
{
	char *argv[] = { (char *)running, (char *)label, NULL }, *envp[] = { NULL };

	prctl(PR_SET_PDEATHSIG, SIGUSR1);
	personality(ADDR_NO_RANDOMIZE);
	setrlimit(RLIMIT_STACK, &(struct rlimit){ 64 << 20, RLIM_INFINITY });
	prepare();
	observe(text("%s_exec", label), sys(SYS_execve, running, argv, envp));
}

static void run(const char *name, const char *file, void (*preparation)(void))
{
	label = name;
	running = file;
	prepare = preparation;
	observe(text("%s_status", name), in_child(run_it));
}

static void as_root(void)
{
}

static void as_user(void)
{
	become(1000, 1000);
}

static void as_member(void)
{
	unsigned group = 1002;

	sys(SYS_setgroups, 1, &group);
	sys(SYS_setresgid, 1000, 1000, 1000);
	sys(SYS_setresuid, 1000, 1000, 1000);
}

static void as_two(void) /* a set-user-id program that runs another */
{
	sys(SYS_setgroups, 0, 0);
	sys(SYS_setresgid, 1000, 1000, 1000);
	sys(SYS_setresuid, 1000, 1001, 1000);
}

static void as_root_in_effect(void)
{
	sys(SYS_setresuid, 1000, 0, 1000);
}

static void as_root_by_name(void)
{
	sys(SYS_setresuid, 0, 1000, 0);
}

static void bound(void)
{
	become(1000, 1000);
	observe("bind", prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
}

static void bound_root(void)
{
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

/* ---- the bit that forbids dumps, and the one that forbids rights ---- */

static void bits_by_hand(void)
{
	observe("dumpable_first", prctl(PR_GET_DUMPABLE, 0, 0, 0, 0));
	SAYS("dumpable_2", SYS_prctl, PR_SET_DUMPABLE, 2);
	SAYS("dumpable_0", SYS_prctl, PR_SET_DUMPABLE, 0);
	observe("dumpable_off", prctl(PR_GET_DUMPABLE, 0, 0, 0, 0));
	if (fork() == 0) {
		observe("dumpable_inherited", prctl(PR_GET_DUMPABLE, 0, 0, 0, 0));
		_exit(0);
	}
	wait(NULL);
	SAYS("dumpable_1", SYS_prctl, PR_SET_DUMPABLE, 1);
	sys(SYS_setresuid, 0, 0, 1000);
	observe("dumpable_saved", prctl(PR_GET_DUMPABLE, 0, 0, 0, 0));
	sys(SYS_setresuid, -1, 1000, -1);
	observe("dumpable_effective", prctl(PR_GET_DUMPABLE, 0, 0, 0, 0));
	SAYS("no_new_0", SYS_prctl, PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0);
	SAYS("no_new_2", SYS_prctl, PR_SET_NO_NEW_PRIVS, 2, 0, 0, 0);
	SAYS("no_new_third", SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 1, 0, 0);
	SAYS("no_new_1", SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	SAYS("no_new_back", SYS_prctl, PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0);
	if (fork() == 0) {
		SAYS("no_new_inherited", SYS_prctl, PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0);
		_exit(0);
	}
	wait(NULL);
}

static void group_change(void)
{
	sys(SYS_setresgid, 1, 1, 1);
	observe("dumpable_group", prctl(PR_GET_DUMPABLE, 0, 0, 0, 0));
	prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
	sys(SYS_setfsuid, 5);
	observe("dumpable_fs", prctl(PR_GET_DUMPABLE, 0, 0, 0, 0));
}

/* ---- mounts, scripts ---- */

static void test_mount(void)
{
	mkdir("m", 0755);
	if (mount("none", "m", "tmpfs", MS_NOSUID, "mode=755"))
		abort();
	program("m/owner", 0, 0, 04755);
	run("nosuid", "m/owner", as_user);
	mount("none", "m", NULL, MS_REMOUNT, NULL);
	run("suid_again", "m/owner", as_user);
	umount("m");
}

static void test_scripts(void)
{
	char line[200], here[100];

	if (!getcwd(here, sizeof(here)))
		abort();
	snprintf(line, sizeof(line), "#!%s/plain script\n", here);
	make("script", line, strlen(line), 0, 0, 06755);
	run("script_bits", "script", as_user);
	snprintf(line, sizeof(line), "#!%s/other script\n", here);
	make("script2", line, strlen(line), 0, 0, 0755);
	run("script_interpreter", "script2", as_user);
}

TEST
{
	if (test_argc > 1) {
		say(test_argv[1]);
		return 0;
	}
	image_read();
	scratch();
	program("plain", 0, 0, 0755);
	program("root", 0, 0, 04755);
	program("other", 1001, 1001, 04755);
	program("group", 0, 1002, 02755);
	program("both", 1001, 1002, 06755);
	program("not_group", 0, 1002, 02745);
	program("closed", 0, 1002, 04750);
	program("private", 0, 0, 0700);
	program("unreadable", 0, 0, 0711);
	program("mine", 1000, 1000, 04711);
	program("none", 0, 0, 0644);
	run("plain", "plain", as_user);
	run("plain_root", "plain", as_root);
	run("root", "root", as_user);
	run("other", "other", as_user);
	run("other_root", "other", as_root);
	run("group", "group", as_user);
	run("both", "both", as_user);
	run("not_group", "not_group", as_user);
	run("closed", "closed", as_user);
	run("closed_member", "closed", as_member);
	run("private", "private", as_user);
	run("unreadable", "unreadable", as_user);
	run("unreadable_root", "unreadable", as_root);
	run("mine", "mine", as_user);
	run("none_root", "none", as_root);
	run("two", "plain", as_two);
	run("two_root", "root", as_two);
	run("effective_root", "plain", as_root_in_effect);
	run("real_root", "plain", as_root_by_name);
	run("bound", "root", bound);
	run("bound_group", "group", bound);
	run("bound_root", "other", bound_root);
	test_mount();
	test_scripts();
	in_child(bits_by_hand);
	in_child(group_change);
	return 0;
}
