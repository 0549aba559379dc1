# SPDX-License-Identifier: MIT
"""No stack to push a fault's frame on: only a double fault on a stack of its own can report it."""
import panics

ends = ("PANIC",)


def expected(_):
    return ["cause=double fault"]


def observed(run):
    return [panics.starts(run, "double fault")]
