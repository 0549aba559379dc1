# SPDX-License-Identifier: MIT
"""Whole programs, again and again, each time with another allocation that fails (sweep.c): none takes the
kernel with it, leaves something behind, or cannot be killed."""
import os
import pathlib
import re
import subprocess
import sys

import pytest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "grading"))
import course  # noqa: E402
from overlay import build, pieces  # noqa: E402

BUILD = os.environ["STRIX_BUILD"]
SWEPT = [  # a program of a chapter, every how many-th allocation fails, how many after it
    ("06-syscalls/remap", 1, 0), ("06-syscalls/protect", 1, 0), ("07-fork/copies", 2, 0),
    ("08-exec/arguments", 3, 0), ("08-exec/scripts", 7, 0), ("09-vfs/mounting", 5, 0),
    ("09-vfs/rename_effects", 3, 0), ("09-vfs/links", 1, 0), ("09-vfs/record_locks", 1, 0),
    ("09-vfs/copying", 1, 0), ("10-devices/proc_maps", 3, 0), ("10-devices/terminals", 1, 0),
    ("11-signals/alternate_stack", 3, 0), ("11-signals/timers", 3, 0), ("12-pipes/pipes", 3, 0),
    ("12-pipes/splicing", 1, 0),
    ("07-fork/copies", 7, 5), ("08-exec/arguments", 7, 40), ("09-vfs/links", 2, 3),
]


@pytest.fixture(scope="module")
def kernel():
    """The complete kernel, whose /proc/sys/debug/fail_nth spares its writer alone."""
    chosen = pieces.read(str(HERE / "overlay/fail_others.c"))[0]
    return build.kernel(course.COMPLETE, chosen, private=False)[0]


@pytest.mark.parametrize("program,step,more", SWEPT)
def test_every_allocation_fails(kernel, program, step, more):
    chapter, name = program.split("/")
    words = [f"{BUILD}/strix-run", "--icount", "--kernel", kernel,
             "--file", f"{BUILD}/tests/robustness/sweep.elf:/sweep",
             "--file", f"{BUILD}/chapters/{chapter}/tests/{name}.elf:/program", "--",
             "/sweep", "1", "600", str(step), str(more), "/program"]
    run = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, text=True, errors="replace", timeout=120)
    assert re.fullmatch(r"\d+ runs\n", run.stdout), run.stdout
    assert run.returncode == 0 and int(run.stdout.split()[0]) > 10
