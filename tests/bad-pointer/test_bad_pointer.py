# SPDX-License-Identifier: MIT
"""Pointers that lead nowhere, in every argument of every system call: bad_pointer.c.

When a row of kernel/abi/syscalls.def becomes SYSCALL, `tests/programs.py
tests/bad-pointer/bad_pointer.c` records the key again.
"""
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import programs  # noqa: E402


def test_bad_pointers(tmp_path):
    programs.check(HERE / "bad_pointer.c", tmp_path)
