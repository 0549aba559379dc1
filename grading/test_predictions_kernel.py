# SPDX-License-Identifier: MIT
"""Predictions about the machine and the kernel: every answer is what the chapter's kernel does under GDB
(asked_in_gdb.py), from a gate that the processor goes through to slabs that the heap gives back.
"""
import os
import re
import subprocess
import sys

import pytest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import asked  # noqa: E402
import course  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
STUDENTS = 4  # each question is some calls through GDB
HELD = {(0, "bytes"): "ring_read",
        (1, "gate"): "gate", (1, "pushed"): "pushed", (1, "typed"): "typed", (1, "scrolled"): "scrolled",
        (1, "attribute"): "attribute",
        (2, "whole"): "usable", (2, "left"): "usable", (2, "run"): "merged", (2, "pieces"): "pieces",
        (2, "given"): "given",
        **{(3, f"level_{level}"): "index" for level in (1, 2, 3, 4)}, (3, "address"): "address",
        (3, "allowed"): "allowed", (3, "leaves"): "leaves",
        (4, "small"): "small", (4, "large"): "large", (4, "fits"): "fits", (4, "object"): "object_given",
        (4, "slabs"): "slabs"}
WITHOUT_REDZONES = [(4, "fits"), (4, "slabs"), (4, "object")]
NOT_OURS = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")


def is_debug_build():
    with open(f"{course.BUILD}/kernel/config.h") as file:
        return re.search(r"\bDEBUG = 1\b", file.read()) is not None


def questions(number):
    """[(function of asked_in_gdb.py, question)]"""
    keys = [key for chapter, key in HELD if chapter == number and
            not (is_debug_build() and (chapter, key) in WITHOUT_REDZONES)]
    return [(HELD[number, key], question) for key in keys for question in asked.of(number, key, STUDENTS)]


def told(number, script, tmp_path):
    """What GDB prints for each question, behind a line `@`, when the kernel has booted."""
    path = tmp_path / "commands.gdb"
    path.write_text("\n".join(["continue", "hbreak ktest_run_wanted", "continue", "delete", "set confirm off",
                               f"source {HERE}/asked_in_gdb.py", *script]) + "\n")
    done = subprocess.run(["make", "-s", "-C", course.BUILD, "gdb", f"CH={number}", f"GDB_FLAGS=-batch -x {path}",
                           f"SERIAL=file:{tmp_path}/console"], text=True, timeout=180, check=False,
                          env={k: v for k, v in os.environ.items() if k not in NOT_OURS},
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout
    return re.split(r"^@\n", done, flags=re.M)[1:], done


@pytest.mark.parametrize("number", sorted({number for number, _ in HELD}))
def test_the_kernel_says_so(number, tmp_path):
    wanted = questions(number)
    script = [line for name, question in wanted
              for line in ("echo @\\n", f"python answer({name}(**{question.given!r}))")]
    parts, output = told(number, script, tmp_path)
    assert len(parts) == len(wanted) > 0, output
    wrong = [f"{question.key}: {question.text}\nexpected {question.answer}\n{part}"
             for (_, question), part in zip(wanted, parts)
             if re.findall(r"^= (-?\d+)$", part, re.M) != [str(question.answer)]]
    assert not wrong, "\n".join(wrong)
