# SPDX-License-Identifier: MIT
"""A segment beyond the table: the processor pushes the selector as error code."""
import panics

ends = ("PANIC",)
CAUSE = "general protection fault in kernel mode, error 0x1230"


def expected(_):
    return [f"cause={CAUSE}"]


def observed(run):
    return [panics.starts(run, CAUSE)]
