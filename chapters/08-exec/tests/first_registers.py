# SPDX-License-Identifier: MIT
"""Programs that look at their registers before anything else."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from elf_files import BASES, IDS, REGISTERS, code_only  # noqa: E402

files = {"bases": code_only(BASES), "registers": code_only(REGISTERS),
         "ids": code_only(IDS)}
host_differs = {name: "the host has no such file" for name in files}
