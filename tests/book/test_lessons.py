# SPDX-License-Identifier: MIT
"""What a lesson shows of GDB is what GDB shows: each ```gdb block is run on the chapter's kernel, and the
lines of the ```text block behind it must come in their order (numbers may differ; "..." stands for any).
A block may begin with what `make gdb` is given besides: # APPEND='...', or # CH= for the complete kernel.
"""
import os
import re
import subprocess

import pytest

SOURCE, BUILD = os.environ["STRIX_SOURCE"], os.environ["STRIX_BUILD"]
BLOCK = re.compile(r"^```gdb\n(.*?)^```\n+```text\n(.*?)^```", re.M | re.S)
NOT_OURS = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")


def blocks():
    for directory in sorted(os.listdir(f"{SOURCE}/chapters")):
        path = f"{SOURCE}/chapters/{directory}/README.md"
        if os.path.exists(path):
            with open(path) as file:
                for number, match in enumerate(BLOCK.finditer(file.read()), 1):
                    yield pytest.param(int(directory[:2]), match[1], match[2],
                                       id=f"{directory}-{number}")


def comparable(text):
    """Lines without what differs from build to build: numbers, addresses, columns, the way to the sources."""
    text = re.sub(r"(\.\./)+(?=kernel/|chapters/)", "", text)
    text = re.sub(r"0x[0-9a-f]+|\b[0-9a-f]{8,}\b|\d+", "N", text)
    return [re.sub(r"\s+", " ", line).strip() for line in text.split("\n")
            if line.strip() and line.strip() != "..."]


def gdb(tmp_path, chapter, commands):
    script = tmp_path / "commands.gdb"
    script.write_text(commands)
    append = re.match(r"# APPEND='(.*)'\n", commands)
    chapter = "" if commands.startswith("# CH=\n") else chapter
    environment = {k: v for k, v in os.environ.items() if k not in NOT_OURS}
    return subprocess.run(["make", "-s", "-C", BUILD, "gdb", f"CH={chapter}",
                           # who runs when must not depend on how busy this machine is
                           "QEMU_FLAGS=-icount shift=0,sleep=off -rtc clock=vm",
                           f"GDB_FLAGS=-batch -x {script}", f"SERIAL=file:{tmp_path}/console",
                           *([f"APPEND={append[1]}"] if append else [])],
                          env=environment, text=True, errors="replace", timeout=180, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout


@pytest.mark.parametrize("chapter,commands,shown", blocks())
def test_gdb_shows_it(tmp_path, chapter, commands, shown):
    output = gdb(tmp_path, chapter, commands)
    there = iter(comparable(output))
    lost = [line for line in comparable(shown) if line not in there]
    assert not lost, f"{lost[0]!r} does not come (or not in this order) in\n{output}"
