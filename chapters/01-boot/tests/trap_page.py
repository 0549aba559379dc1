# SPDX-License-Identifier: MIT
"""A write to an address that is not mapped: the report says where, and that it was a write."""
import panics
from model import Random

ends = ("PANIC",)
UNMAPPED = 0xffffa00000000000


def expected(seed):
    return ["cause=page fault", f"says {UNMAPPED + Random(seed).below(1 << 40):#x}"]


def observed(run):
    said = panics.cause(run)
    return [panics.starts(run, "page fault"),
            *(f"says {word.strip(',:;')}" for word in said.split() if word.startswith("0xffff"))][:2]
