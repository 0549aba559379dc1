# SPDX-License-Identifier: MIT
"""Pointers that lead nowhere, in every argument of every system call, against Linux's answers.

The program is compiled here, from kernel/abi/syscalls.def.  To record the key again after rows have
become SYSCALL: test_bad_pointer.py --record (it runs on Debian's kernel in QEMU, not on the host:
as root it would set the host's clock and name).
"""
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "grading"))
import course  # noqa: E402
import judge  # noqa: E402

FLAGS = """-std=gnu11 -O2 -static -fno-pie -fno-stack-protector -fcf-protection=none
-fno-asynchronous-unwind-tables -fno-strict-aliasing -ffreestanding -nostdlib
-Wl,--build-id=none""".split()


GUEST_LIMIT = 60  # seconds: what waits is ended by an alarm after one


class Program(course.Test):
    """A test that belongs to no chapter: its program lies in `directory`, its key beside it."""

    def __init__(self, directory):
        super().__init__(18, "tests", "0 bad_pointer program pointers that lead nowhere")
        self.place = directory
        include = ROOT / "chapters/include"
        subprocess.run([os.environ.get("CC", "cc").split()[0], *FLAGS, "-I", include, "-I",
                        ROOT / "kernel", "-o", self.built(".elf"), HERE / "bad_pointer.c",
                        include / "test.c", include / "start.c"], check=True)

    def wish(self, name, otherwise):
        return GUEST_LIMIT if name == "limit" else otherwise

    def path(self, suffix):
        return str(HERE / f"{self.name}{suffix}")

    def built(self, suffix):
        return f"{self.place}/{self.name}{suffix}"


def test_bad_pointers(tmp_path):
    result = judge.grade(Program(tmp_path), f"{course.BUILD}/strix.elf", 18)
    expected, happened = result.expected.split("\n"), result.happened.split("\n")
    assert result.verdict == "PASS", "\n".join(
        [result.verdict] + [f"Linux {e}\nhere  {h}" for e, h in zip(expected, happened)])


if __name__ == "__main__":
    import linux
    with tempfile.TemporaryDirectory() as directory:
        answer = linux.guest(Program(directory), linux.kernel())
    if "--record" in sys.argv:
        HEAD = "# recorded on Linux: NULL, kernel, non-canonical, unmapped, read-only, crossing\n"
        (HERE / "bad_pointer.key").write_text(HEAD + "".join(line + "\n" for line in answer))
    else:
        print("\n".join(answer))
