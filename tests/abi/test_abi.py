# SPDX-License-Identifier: MIT
"""kernel/abi/ says what Linux says: every constant, struct and system-call number is compared with
the headers that this machine's C library was built on (<linux/*.h>, <asm/*.h>); what those lack,
such as the AF_ and DT_ names, with the C library's own.

Each side is a program of its own that prints names and values, since both define the same names.
"""
import os
import pathlib
import platform
import re
import shutil
import subprocess

import pytest

HERE = pathlib.Path(__file__).parent
KERNEL = HERE.parents[1] / "kernel"
CC = os.environ.get("HOSTCC", "cc")
LINUX = """stddef.h linux/types.h linux/errno.h linux/fcntl.h linux/stat.h asm/stat.h linux/mman.h
asm/signal.h asm/siginfo.h asm/sigcontext.h asm/ucontext.h linux/sched.h linux/sched/types.h
linux/wait.h linux/resource.h linux/time.h linux/poll.h asm/termbits.h asm/ioctls.h asm/termios.h
linux/elf.h linux/auxvec.h linux/mount.h linux/reboot.h linux/prctl.h asm/prctl.h linux/random.h
linux/futex.h linux/socket.h linux/magic.h linux/close_range.h linux/falloc.h linux/fs.h linux/fiemap.h
linux/limits.h linux/uio.h linux/utsname.h linux/kd.h linux/vt.h linux/eventpoll.h linux/sysinfo.h
linux/capability.h linux/securebits.h linux/tty.h linux/times.h linux/memfd.h linux/timerfd.h linux/un.h asm/statfs.h
""".split()
LIBRARY = """errno.h sys/stat.h fcntl.h dirent.h sys/socket.h sys/wait.h signal.h poll.h sys/time.h
sys/mman.h sys/mount.h sys/file.h elf.h sys/epoll.h sched.h unistd.h sys/statvfs.h""".split()
# linux/personality.h has them as an enum.
ENUM = """PER_LINUX PER_MASK ADDR_NO_RANDOMIZE MMAP_PAGE_ZERO ADDR_COMPAT_LAYOUT READ_IMPLIES_EXEC
STICKY_TIMEOUTS PER_CLEAR_ON_SETID""".split()

# Kernel-internal, or this tree's own names.
OURS = set("""ERESTARTSYS ERESTARTNOINTR ERESTARTNOHAND ERESTART_RESTARTBLOCK ERRNO_MAX ST_VALID
USER_HZ SIGNAL_COUNT ARG_STRING_MAX SYMLINK_FOLLOWS_MAX PID_MAX_DEFAULT TASK_COMM_LEN WAIT_CORE
WAIT_CONTINUED ARCH_CET_STATUS SIGRTMAX SIG_DFL SIG_IGN RLIM_INFINITY ELFMAG SYSCALL_COUNT
SS_AUTODISARM HOST_NAME_MAX ANON_INODE_FS_MAGIC ST_NOSYMFOLLOW""".split())

pytestmark = pytest.mark.skipif(
    platform.machine() != "x86_64" or platform.system() != "Linux" or not shutil.which(CC),
    reason="compares with the headers of an x86_64 Linux")


def headers():
    return [f"abi/{path.name}" for path in sorted((KERNEL / "abi").glob("*.h"))
            if path.name != "user_stubs.h"]


def include(names):
    return "".join(f"#include <{name}>\n" for name in names)


def run(tmp_path, side, text):
    """Compiles and runs the program of one side; its lines as {what: value}."""
    source = tmp_path / f"{side}.c"
    source.write_text(text)
    program = tmp_path / side
    subprocess.run([CC, "-w", "-std=gnu11", "-fno-builtin", "-D_GNU_SOURCE", "-I", KERNEL, "-o",
                    program, source], check=True)
    lines = subprocess.run([program], check=True, capture_output=True, text=True).stdout.splitlines()
    return dict(line.rsplit(" ", 1) for line in lines)


def constants(names):
    """Statements that print each name that is a macro here."""
    return "".join(f'#ifdef {n}\nsay("{n}", (long long)({n}));\n#endif\n' for n in names)


def program(includes, body):
    return (includes + "extern int printf(const char *, ...);\n"
            "#define say(name, value) printf(\"%s %lld\\n\", name, (long long)(value))\n"
            "int main(void) {\n" + body + "return 0;\n}\n")


def test_constants(tmp_path):
    defined = subprocess.run([CC, "-E", "-dM", "-ffreestanding", "-I", KERNEL, "-"], check=True,
                             input=include(headers()), capture_output=True, text=True).stdout
    written = "".join((KERNEL / name).read_text() for name in headers())
    names = sorted(name for name in re.findall(r"^#define (\w+) ", defined, re.M)
                   if re.search(rf"^#define {name}\b(?!\()", written, re.M) and name not in OURS)
    assert len(names) > 1000
    ours = run(tmp_path, "ours", program(include(headers()), constants(names)))
    linux = run(tmp_path, "linux", program(include(LINUX), constants(names)))
    rest = [name for name in names if name not in linux]
    linux.update(run(tmp_path, "library", program(include(LIBRARY), constants(rest))))
    linux.update(run(tmp_path, "enum", program(
        "#include <linux/personality.h>\n", "".join(f'say("{n}", {n});\n' for n in ENUM))))
    assert not [name for name in names if name not in linux], "no such name on Linux"
    different = [f"{n}: {ours[n]}, on Linux {linux[n]}" for n in names
                 if int(ours[n]) & 0xffffffff != int(linux[n]) & 0xffffffff]
    assert not different


def layouts():
    for line in (HERE / "layouts.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            types, members = line.split(":")
            ours, theirs = (t.strip() for t in types.split("="))
            yield ours, theirs, [(m.split("=") * 2)[:2] for m in members.split()]


def layout_body(side):
    body = ""
    for *types, members in layouts():
        name = " = ".join(types)
        body += f'say("{name}", sizeof({types[side]}));\n'
        for member in members:
            of = f"(({types[side]} *)0)->{member[side]}"
            body += f'say("{name}: {member[0]} at", &{of});\n'
            body += f'say("{name}: {member[0]} bytes", sizeof({of}));\n'
    return body


# Members that Linux's headers hide behind macros or that differ on purpose.
LIBRARY_SIGINFO = "#define si_sys_private _sifields._timer._sys_private\n"


def test_layouts(tmp_path):
    ours = run(tmp_path, "ours", program(include(headers()), layout_body(0)))
    linux = run(tmp_path, "linux", program(
        "#define siginfo siginfo\n" + include(LINUX) + LIBRARY_SIGINFO, layout_body(1)))
    assert not [f"{what}: {ours[what]}, on Linux {linux[what]}" for what in ours
                if ours[what] != linux[what]]


def test_every_struct_is_compared():
    compared = {ours for ours, _, _ in layouts()}
    structs = {m for name in headers() for m in
               re.findall(r"^(struct \w+) \{", (KERNEL / name).read_text(), re.M)}
    # not in the headers: the C library packs entries, frames, messages itself
    assert structs - compared == {"struct auxv_entry", "struct linux_dirent64", "struct sched_param",
                                  "struct signal_frame", "struct sockaddr", "struct msghdr",
                                  "struct utimbuf"}


def test_numbers(tmp_path):
    text = (KERNEL / "abi/syscalls.def").read_text()
    rows = re.findall(r"^(?:SYSCALL|PLANNED|UNIMPLEMENTED)\((\d+), (\w+)", text, re.M)
    numbers = [int(number) for number, _ in rows]
    assert numbers == sorted(set(numbers))
    linux = run(tmp_path, "linux", program(
        "#include <asm/unistd_64.h>\n",
        "".join(f'#ifdef __NR_{name}\nsay("{name}", __NR_{name});\n#endif\n' for _, name in rows)))
    assert {name: int(value) for name, value in linux.items()} == \
        {name: int(number) for number, name in rows if name in linux}
    assert len(linux) == len(rows)


STUBS = """
#include "abi/user_stubs.h"
void _start(void)
{
	int status = 0;
	long child = sys_vfork();

	if (child == 0) {
		sys_write(1, "child ", 6);
		sys_exit(3);
	}
	sys_wait4((int)child, &status, 0, 0);
	sys_write(1, "parent\\n", 7);
	sys_exit_group(status == 0x300 && raw_syscall(NUMBER_GETPID, 0, 0, 0, 0, 0, 0) > 0 ? 7 : 8);
}
"""


def test_stubs(tmp_path):
    """The stubs work without a C library: six arguments' registers, and vfork's shared stack."""
    (tmp_path / "stubs.c").write_text(STUBS.replace("NUMBER_GETPID", "39"))
    subprocess.run([CC, "-O2", "-static", "-nostdlib", "-ffreestanding", "-fno-stack-protector",
                    "-I", KERNEL, "-o", tmp_path / "stubs", tmp_path / "stubs.c"], check=True)
    done = subprocess.run([tmp_path / "stubs"], capture_output=True)
    assert (done.stdout, done.returncode) == (b"child parent\n", 7)
