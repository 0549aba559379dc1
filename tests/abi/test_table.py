# SPDX-License-Identifier: MIT
"""docs/syscalls.md says what kernel/abi/syscalls.def says."""
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


def test_table():
    made = subprocess.run([ROOT / "build-aux/syscall-table"], capture_output=True, text=True,
                          check=True).stdout
    assert (ROOT / "docs/syscalls.md").read_text() == made, "make update-syscalls"
