# SPDX-License-Identifier: MIT
"""`make run` by script: from GRUB on the CD to BusyBox's prompt, what a newcomer types, power off."""
import os
import re
import signal

import pexpect
import pytest

PROMPT = r"strix:\S*# "
NOT_OURS = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")


RUNNING = "it runs"  # printed by the program that then has the terminal


class Shell:
    """The guest's shell, as the person at the terminal has it."""

    def __init__(self, *variables):
        environment = {k: v for k, v in os.environ.items() if k not in NOT_OURS}
        self.child = pexpect.spawn("make", ["-C", os.environ["STRIX_BUILD"], "run", *variables],
                                   env=environment, encoding="utf-8", codec_errors="replace",
                                   timeout=60, dimensions=(24, 80))
        self.child.expect(PROMPT)

    def type(self, line):
        self.child.send(line + "\r")

    def answer(self):
        """What was printed up to the next prompt, without the echo and the terminal's sequences."""
        self.child.expect(PROMPT)
        text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.child.before).replace("\r", "")
        return text.split("\n", 1)[1] if "\n" in text else ""

    def run(self, line):
        self.type(line)
        return self.answer()

    def close(self):
        """Nothing may be left: make, its shell and QEMU are one process group."""
        if self.child.isalive():
            os.killpg(self.child.pid, signal.SIGKILL)
        self.child.close(force=True)


@pytest.fixture(scope="module")
def shell():
    shell = Shell()
    yield shell
    shell.close()


def test_files(shell):
    listing = shell.run("ls -la /")
    assert all(re.search(rf" {name}$", listing, re.M) for name in ("bin", "dev", "etc", "init", "proc"))
    assert re.search(r"^drwx------ .* root$", listing, re.M)


def test_processes(shell):
    listing = shell.run("ps")
    assert re.search(r"^ +1 root .*init", listing, re.M)


def test_own_memory(shell):
    maps = shell.run("cat /proc/self/maps")
    assert "/bin/busybox" in maps and "[stack]" in maps and "[heap]" in maps


def test_pipeline(shell):
    assert shell.run("echo a | tr a b | wc -c").strip() == "2"


def test_two_hundred_processes(shell):
    assert shell.run("for i in $(seq 200); do /bin/true || echo no; done; echo done").strip() == "done"


def test_interrupt(shell):
    shell.type(f"sh -c 'echo {RUNNING}; exec sleep 100'")
    shell.child.expect(RUNNING + r"\r+\n")
    shell.child.send("\x03")
    shell.answer()
    assert shell.run("echo $?").strip() == "130"


def test_stop_and_continue(shell):
    shell.type("awk '{ print $1, \"bird\"; fflush() }'")
    shell.type("first owl")
    shell.child.expect("first bird")
    shell.child.send("\x1a")
    assert "Stopped" in shell.answer()
    shell.type("fg")
    shell.type("second owl")
    shell.child.expect("second bird")
    shell.child.send("\x03")
    shell.answer()
    assert shell.run("jobs").strip() == ""


def test_background_job(shell):
    shell.run("sleep 100 &")
    assert re.search(r"Running +sleep 100", shell.run("jobs"))
    shell.run("kill %1; wait %1")
    assert "Running" not in shell.run("jobs")


def test_edit_and_save(shell):
    shell.type("vi /tmp/note")
    shell.child.expect("- /tmp/note")
    shell.child.send("ihello from vi\x1b")
    shell.child.expect("- /tmp/note")  # I while inserting
    shell.child.send(":wq\r")
    shell.answer()
    assert shell.run("cat /tmp/note").strip() == "hello from vi"


def test_shell_comes_back(shell):
    shell.type("exit")
    shell.answer()
    assert shell.run("echo again").strip() == "again"


def test_power_off():
    shell = Shell()
    shell.type("poweroff -f")
    shell.child.expect(pexpect.EOF)
    shell.child.close()
    assert shell.child.exitstatus == 0


@pytest.mark.parametrize("chapter", range(1, 10))
def test_chapter_boots_from_the_menu(chapter):
    """Each chapter's kernel is on the CD, and its entry can be chosen from outside."""
    environment = {k: v for k, v in os.environ.items() if k not in NOT_OURS}
    child = pexpect.spawn("make", ["-C", os.environ["STRIX_BUILD"], "run", f"CH={chapter}",
                                   "APPEND=loglevel=8"],
                          env=environment, encoding="utf-8", codec_errors="replace", timeout=60)
    try:
        child.expect("Strix: booted by multiboot2")
        child.expect("interrupts: ")
    finally:
        os.killpg(child.pid, signal.SIGKILL)
        child.close(force=True)


# What the first program of a chapter says last; what can end, ends and switches the machine off.
FIRST = {0: "nothing here but a log: 46 bytes",
         5: "segfault at 0x1000013ba000 .*Process 1 was ended by signal 11",
         6: "call that there is not: -38\r\n.*ended with status 0",
         7: "which ended with status 7.*parent's memory: right",
         8: "echo says this, and is process 1 now",
         9: "/ # "}


@pytest.mark.parametrize("chapter", FIRST)
def test_chapter_runs_a_program(chapter):
    environment = {k: v for k, v in os.environ.items() if k not in NOT_OURS}
    more = ["APPEND=loglevel=7"] if chapter == 5 else []  # its sum is in the address
    child = pexpect.spawn("make", ["-C", os.environ["STRIX_BUILD"], "run", f"CH={chapter}", *more],
                          env=environment, encoding="utf-8", codec_errors="replace", timeout=60)
    try:
        child.expect(FIRST[chapter])
        if chapter == 9:
            child.send("mkdir /tmp/a; cd /tmp/a; pwd; poweroff -f\r")
            child.expect(r"\n/tmp/a\r+\n")
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == 0
    finally:
        if child.isalive():
            os.killpg(child.pid, signal.SIGKILL)
        child.close(force=True)
