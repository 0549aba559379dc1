# SPDX-License-Identifier: MIT
"""Damaged ELF files, field by field and bit by bit: elf_damage.c."""
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import programs  # noqa: E402


def test_damaged_files(tmp_path):
    programs.check(HERE / "elf_damage.c", tmp_path)
