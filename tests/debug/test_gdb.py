# SPDX-License-Identifier: MIT
"""`make gdb`: the kernel stops at its entry, and every `strix` command shows what is really there."""
import os
import re
import subprocess

import pytest

NOT_OURS = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")


def gdb(tmp_path, *commands, chapter=None):
    """What GDB prints for these commands, run from a file after .gdbinit."""
    script = tmp_path / "commands.gdb"
    script.write_text("\n".join(commands) + "\n")
    variables = [f"GDB_FLAGS=-batch -x {script}", f"SERIAL=file:{tmp_path}/console"]
    if chapter:
        variables.append(f"CH={chapter}")
    environment = {k: v for k, v in os.environ.items() if k not in NOT_OURS}
    done = subprocess.run(["make", "-s", "-C", os.environ["STRIX_BUILD"], "gdb", *variables],
                          env=environment, text=True, errors="replace", timeout=120,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return done.stdout


@pytest.fixture(scope="module")
def at_shell(tmp_path_factory):
    """The machine when init waits for the first time for its shell."""
    return gdb(tmp_path_factory.mktemp("gdb"), "continue", "hbreak sys_wait4", "continue",
               "echo \\n=tasks\\n", "strix tasks", "echo \\n=areas\\n", "strix areas",
               "echo \\n=files\\n", "strix files", "echo \\n=heap\\n", "strix heap",
               "echo \\n=log\\n", "strix log", "echo \\n=program\\n", "strix program /bin/busybox",
               "echo \\n=backtrace\\n", "backtrace", "echo \\n=nobody\\n", "strix areas 4000")


def section(text, name):
    return text.split(f"\n={name}\n", 1)[1].split("\n=", 1)[0]


def test_stops_at_the_kernels_entry(tmp_path):
    text = gdb(tmp_path, "continue", "info registers rip", "backtrace 1", chapter=1)
    assert re.search(r"^#0 +kmain \(\) at .*kernel/main\.c:", text, re.M)


def test_walk(tmp_path):
    text = gdb(tmp_path, "continue", "strix walk kmain", "strix walk 0", chapter=1)
    assert re.search(r"^PML4 \[511\] at 0x[0-9a-f]+: 0x[0-9a-f]+ +present", text, re.M)
    kmain = re.search(r"kmain \(\)", text)
    assert kmain and re.search(r"^physical 0x1[0-9a-f]{5}, page of \d+ KiB$", text, re.M)
    assert "not mapped" in text


def test_a_partial_kernel_says_what_it_lacks(tmp_path):
    assert "this kernel has no all_processes" in gdb(tmp_path, "continue", "strix tasks", chapter=1)


def test_tasks(at_shell):
    assert re.search(r"^ +1 +0 running +\*init$", section(at_shell, "tasks"), re.M)


def test_areas(at_shell):
    areas = section(at_shell, "areas")
    assert re.search(r"^0000000000401000-[0-9a-f]{16} r-x- cache 0x[0-9a-f]+\+0x1000$", areas, re.M)
    assert re.search(r"^00007ff[0-9a-f]{9}-00007ff[0-9a-f]{9} rw-- anonymous$", areas, re.M)
    assert "no process 4000" in section(at_shell, "nobody")


def test_files(at_shell):
    files = section(at_shell, "files")
    assert re.search(r"^ +0 flags 0o\d+ position 0 count \d+ \S+$", files, re.M)
    assert re.search(r"^ +10 .* init$", files, re.M)  # the script that the shell reads


def test_heap(at_shell):
    used = dict(re.findall(r"^(\S+) +\d+ +(\d+) +\d+ +\d+$", section(at_shell, "heap"), re.M))
    assert 1 <= int(used["process"]) <= 3 and int(used["dentry"]) > 100


def test_log(at_shell):
    log = section(at_shell, "log")
    assert "Strix: booted by pvh" in log and log.index("interrupts:") < log.index("initramfs:")


def test_program_symbols(at_shell):
    assert "symbols of /bin/busybox loaded" in section(at_shell, "program")


def test_backtrace_reaches_the_entry(at_shell):
    assert re.search(r"syscall_entry \(\) at .*\.S:\d+", section(at_shell, "backtrace"))
