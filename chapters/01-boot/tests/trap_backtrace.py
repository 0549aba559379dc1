# SPDX-License-Identifier: MIT
"""The panic names the functions that led to it, innermost first."""
import panics

ends = ("PANIC",)
CHAIN = ["trap_inner", "trap_outer", "trap_backtrace", "ktest_run_wanted", "kmain"]


def expected(_):
    return CHAIN


def observed(run):
    return panics.backtrace(run)[:len(CHAIN)]
