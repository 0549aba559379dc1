# SPDX-License-Identifier: MIT
"""A trap in the kernel is a panic that names it and shows the registers as they were."""
import panics
from model import Random

ends = ("PANIC",)
CAUSE = "breakpoint in kernel mode"


def expected(seed):
    random = Random(seed)
    return [f"cause={CAUSE}"] + [f"{name}={random.next():016x}" for name in ("r8", "r13", "rsi")]


def observed(run):
    registers = panics.shown(run)
    return [panics.starts(run, CAUSE)] + [f"{name}={registers.get(name, 0):016x}"
                                          for name in ("r8", "r13", "rsi")]
