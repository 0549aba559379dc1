# SPDX-License-Identifier: MIT
"""Division by zero."""
import panics

ends = ("PANIC",)
CAUSE = "divide error in kernel mode"


def expected(_):
    return [f"cause={CAUSE}"]


def observed(run):
    return [panics.starts(run, CAUSE)]
