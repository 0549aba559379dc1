# SPDX-License-Identifier: MIT
"""Linux as the answer key: Debian's kernel in the same QEMU with the same archive, and the host's.

    guest(test)   the lines that a test's program gives on Debian's kernel, under icount
    host(test)    the same on the kernel that runs us, as a second opinion
"""
import contextlib
import glob
import os
import signal
import subprocess

import course
import judge
from strix import machine

PACKAGE = "linux-image-cloud-amd64"
# vsyscall=xonly is the default of Linux, though not of Debian
COMMAND_LINE = ("console=ttyS0 quiet panic=-1 rdinit=/strix-runner mitigations=off"
                " vsyscall=xonly")
GUEST_LIMIT = 60
HOST_LIMIT = 20  # seconds of wall clock
# a program must not inherit that SIGHUP is ignored, as it is when `make check` runs under nohup
DEFAULT_SIGNALS = ["/usr/bin/env", "--default-signal"]


def kernel():
    """The bzImage: STRIX_LINUX, or downloaded once into the build directory."""
    named = os.environ.get("STRIX_LINUX")
    if named:
        return named
    directory = f"{course.BUILD}/answer-key"
    found = glob.glob(f"{directory}/boot/vmlinuz-*")
    if found:
        return found[0]
    os.makedirs(directory, exist_ok=True)
    depends = subprocess.run(["apt-cache", "depends", PACKAGE], stdout=subprocess.PIPE, text=True,
                             check=True).stdout
    package = next(word for word in depends.split() if word.startswith("linux-image-6"))
    subprocess.run(["apt-get", "download", package], cwd=directory, check=True)
    archive, = glob.glob(f"{directory}/{package}_*.deb")
    subprocess.run(["dpkg", "-x", archive, directory], check=True)
    return glob.glob(f"{directory}/boot/vmlinuz-*")[0]


def _lines(test, text, status):
    if test.kind != "image":
        return judge.program_lines(text, status)
    faults = [judge.fault_line(line.encode()) for line in text.split("\n") if "signal" in line]
    return judge.said(test, faults + [judge.ending(status)])


def guest(test, linux):
    archive, _ = judge.program_archive(test, flat=False, runner=True, linux=True)
    run = machine.Machine(linux, initrd=archive, append=COMMAND_LINE, channels=(), icount=0,
                          second_serial=True, guest_limit=GUEST_LIMIT,
                          cpu=test.wish("options", {}).get("cpu")).run()
    if run.verdict != "OFF":
        raise SystemExit(f"{test.name}: Linux ended with {run.verdict}: {run.detail}\n"
                         + run.text("console")[-2000:])
    text, _, status = run.text("serial2").rpartition("\n")
    return _lines(test, text, int(status.split()[1]))


def host(test):
    program = DEFAULT_SIGNALS + [f"{course.BUILD}/strix-siginfo"] * (test.kind == "image")
    program.append(test.built(".elf"))
    read, write = os.pipe()

    def prepare():  # observations go to descriptor 3; a niced `make check` is no concern of the test
        os.dup2(write, 3)
        with contextlib.suppress(PermissionError):
            os.setpriority(os.PRIO_PROCESS, 0, 0)
        os.setsid()
        os.chdir("/")
    process = subprocess.Popen(program, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, preexec_fn=prepare, pass_fds=(3, write)
                               if write != 3 else (3,))
    os.close(write)
    with os.fdopen(read, errors="replace") as file:
        try:
            code = process.wait(HOST_LIMIT)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # its children hold the pipe open, too
            code = process.wait()
        text = file.read()
    return _lines(test, text, -code if code < 0 else code << 8)
