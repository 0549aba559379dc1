# SPDX-License-Identifier: MIT
"""Programs that belong to no chapter and are judged as the chapters' are: what they observe on the
complete kernel is compared with what they observed on Linux (the .key beside the source).

They may include kernel/abi/ and have no C library.  They run on Debian's kernel in QEMU, never on
the host: they would do it harm.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "grading"))
import course  # noqa: E402
import judge  # noqa: E402

COMPLETE = 18
FLAGS = """-std=gnu11 -O2 -static -fno-pie -fno-stack-protector -fcf-protection=none
-fno-asynchronous-unwind-tables -fno-strict-aliasing -ffreestanding -nostdlib -Wall -Wextra
-Wl,--build-id=none""".split()


class Program(course.Test):
    def __init__(self, source, directory, guest_limit=60):
        self.source, self.place, self.guest_limit = pathlib.Path(source), directory, guest_limit
        super().__init__(COMPLETE, "tests", f"0 {self.source.stem} program {self.source.stem}")
        include = ROOT / "chapters/include"
        subprocess.run([os.environ.get("CC", "cc").split()[0], *FLAGS, "-I", include, "-I",
                        ROOT / "kernel", "-o", self.built(".elf"), self.source,
                        include / "test.c", include / "start.c"], check=True)

    def wish(self, name, otherwise):
        return self.guest_limit if name == "limit" else otherwise

    def path(self, suffix):
        return str(self.source.with_suffix(suffix))

    def built(self, suffix):
        return f"{self.place}/{self.name}{suffix}"


def check(source, directory):
    """Asserts that the complete kernel's answers are Linux's."""
    result = judge.grade(Program(source, directory), f"{course.BUILD}/strix.elf", COMPLETE)
    pairs = zip(result.expected.split("\n"), result.happened.split("\n"))
    assert result.verdict == "PASS", "\n".join(
        [result.verdict] + [f"Linux {e}\nhere  {h}" for e, h in pairs])


def record(source):
    """Writes the key."""
    import linux
    with tempfile.TemporaryDirectory() as directory:
        lines = linux.guest(Program(source, directory), linux.kernel())
    head = f"# recorded on Linux: tests/programs.py {pathlib.Path(source).name}\n"
    pathlib.Path(source).with_suffix(".key").write_text(head + "".join(f"{x}\n" for x in lines))


if __name__ == "__main__":
    for name in sys.argv[1:]:
        record(name)
